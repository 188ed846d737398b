// The page that diagnoses what a reader gives it. A message is hostile: it is only ever shown as text.
import { ask, isStarted, stop } from "./python.js";
import { section } from "./guide.js";
import { element, explain, loading, ui } from "./ui.js";

const form = document.getElementById("diagnose-form");
const field = (name) => form.elements.namedItem(name);
const result = document.getElementById("diagnose-result");
const status = form.querySelector("[role=status]");
const go = form.querySelector("[type=submit]");
const halt = form.querySelector("[name=stop]");
const encoder = new TextEncoder();
const MOST_LINKS = 500;
const heading = (text) => element("h2", { textContent: text });
const list = (texts) => element("ul", {}, ...texts.map((text) => element("li", { textContent: text })));
let dropped = []; // [name, bytes] of files chosen or dropped; typing replaces them

takeSymptomOfAddress();
showCausesOfAddress();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await diagnose();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
halt.addEventListener("click", () => stop());
field("evidence").addEventListener("input", () => { dropped = []; });
field("file").addEventListener("change", ({ target }) => take(target.files));
field("symptom").addEventListener("change", askWhatMatters);
for (const button of form.querySelectorAll("[data-sample]")) {
  button.addEventListener("click", () => trySample(button.dataset.sample));
}
form.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files);
});
addEventListener("hashchange", () => {
  takeSymptomOfAddress();
  showCausesOfAddress();
});

async function diagnose() {
  busy(true);
  try {
    const answer = await ask("diagnose", [given(), before(), answers()], loading(status));
    status.textContent = "";
    if (answer.error) status.textContent = answer.error;
    else await show(answer);
  } catch (problem) {
    status.textContent = explain(problem);
  } finally {
    busy(false);
  }
}

function given() {
  const typed = field("evidence").value;
  return dropped.length ? dropped : typed.trim() ? [["pasted.txt", encoder.encode(typed)]] : [];
}

function before() {
  const typed = field("before").value;
  return typed.trim() ? encoder.encode(typed) : null;
}

function answers() {
  const given = [...form.querySelectorAll("[data-answer]")]
    .filter((input) => input.value.trim() && !input.closest("[hidden]"))
    .map((input) => [input.name, input.value.trim()]);
  return Object.fromEntries(given);
}

/** Files are read as bytes: a text box would change line ends and charset. */
async function take(files) {
  const read = [...files].map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]);
  dropped = await Promise.all(read);
  field("evidence").value = "";
  status.textContent = dropped.map(([name]) => name).join(", ");
}

async function trySample(name) {
  const response = await fetch(new URL(`../samples/${name}.txt`, import.meta.url));
  field("evidence").value = await response.text();
  dropped = [];
  form.requestSubmit();
}

/** Show only the questions that matter for the chosen symptom. */
function askWhatMatters() {
  const symptom = field("symptom").value;
  for (const question of form.querySelectorAll("[data-for]")) {
    question.hidden = !question.dataset.for.split(" ").includes(symptom);
  }
}

function busy(yes) {
  go.disabled = yes;
  halt.hidden = !yes;
  if (yes) status.textContent = ui.running;
  go.textContent = isStarted() ? ui.diagnose : ui.diagnoseFirst;
}

async function show({ diagnosis, places, links, said, report }) {
  const { findings, healthy, questions, failed = [] } = diagnosis;
  unhide(questions);
  const parts = [heading(findings.length ? ui.causes : ui.nothing)];
  if (findings.length) parts.push(element("ol", {}, ...(await Promise.all(findings.map((each, at) => finding(each, places[at]))))));
  if (failed.length) parts.push(heading(ui.checkFailed), list(failed.map(({ cause, error }) => `${cause} (${error})`)));
  const basis = diagnosis.context["release-evidence"];
  if (basis) parts.push(element("p", { textContent: ui.known[basis].replace("{release}", diagnosis.context.release) }));
  if (questions.length) parts.push(heading(ui.ask), list(questions.map((key) => labelOf(key))));
  if (healthy.length) parts.push(heading(ui.healthyTitle), list(healthy.map((id) => ui.healthy[id] ?? id)));
  if (said.kind) parts.push(heading(ui.said), saidTable(said));
  if (links.length) parts.push(heading(ui.links), linkTable(links));
  parts.push(heading(ui.report), reportBox(report));
  result.replaceChildren(...parts);
  result.hidden = false;
  const ids = findings.map(({ cause }) => cause);
  history.replaceState(null, "", ids.length ? `#causes=${ids.join(",")}` : "#diagnose");
  parts[0].tabIndex = -1;
  parts[0].focus();
}

async function finding({ cause, certainty, evidence, guide }, places) {
  const quotes = evidence.map((text, index) =>
    element("figure", {},
      element("blockquote", {}, inSource(text, places[index].around)),
      element("figcaption", { textContent: position(places[index]) })));
  return element("li", { id: `finding-${cause}` },
    element("p", {}, element("strong", { textContent: ui.certainty[certainty] ?? certainty }), ` — ${ui.evidence}`),
    ...quotes,
    await section(guide));
}

/** Show evidence marked in the line of the decoded source where it stands; alone if it isn't there. */
function inSource(text, [before, after] = ["", ""]) {
  return element("code", { dir: "ltr" }, before, element("mark", { textContent: text }), after);
}

/** Say where evidence stands: the source if there are several, line and column. */
function position({ source, line, column }) {
  const words = column ? ui.column : ui.line;
  const name = dropped.length > 1 || source === "before" ? `${ui.sources[source] ?? source}, ` : "";
  return line ? name + words.replace("{line}", line).replace("{column}", column) : "";
}

/** What one link says: its wrappers, its address, and each field of its `ct`. */
function saidTable({ ct, ...said }) {
  const fields = Object.entries(ct ?? {}).map(([name, value]) => [element("code", {}, `ct: ${name}`), readable(name, value)]);
  const known = Object.entries(said).map(([name, value]) => [ui.saidNames[name], ui.saidWords[value] ?? readable(name, value)]);
  const rows = [...known, ...fields].map(([name, value]) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, element("code", {}, value))));
  return scrolling(element("table", {}, element("tbody", {}, ...rows)));
}

/** A value of a `ct` as text; the time of sending (Unix, seconds) as a date (UTC). */
function readable(name, value) {
  if (name === "sent_time") return new Date(Number(value) * 1000).toLocaleString(document.documentElement.lang, { timeZone: "UTC", timeZoneName: "short" });
  if (value === null) return "—";
  if (typeof value !== "object") return String(value);
  return Array.isArray(value) ? value.join(" ") : Object.entries(value).flat().join(" ");
}

function linkTable(links) {
  const row = (cells, kind = "td") => element("tr", {}, ...cells.map((cell) => element(kind, {}, cell)));
  const reason = (id) => !id ? "—" : element("a", { href: `${ui.base}emails/links.html#${id}`, textContent: id });
  const body = links.slice(0, MOST_LINKS).map(({ line, href, tracked, reason: id }) =>
    row([String(line), element("code", { textContent: href }), tracked ? ui.yes : ui.no, reason(id)]));
  return scrolling(element("table", {}, element("thead", {}, row(ui.linkColumns, "th")), element("tbody", {}, ...body)));
}

/** A wide table scrolls in its own box, also by keyboard. */
function scrolling(table) {
  return element("div", { className: "md-typeset__scrollwrap", tabIndex: 0 }, table);
}

function reportBox(text) {
  const box = element("textarea", { readOnly: true, rows: 12, value: text, className: "run-code" });
  box.setAttribute("aria-label", ui.report);
  const copy = element("button", { type: "button", className: "run-button", textContent: ui.copy });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = ui.copied;
  });
  return element("div", {}, box, copy);
}

function labelOf(key) {
  const input = form.querySelector(`[data-answer][name="${CSS.escape(key)}"]`);
  return input?.labels[0]?.firstChild.textContent.trim() ?? key;
}

function unhide(keys) {
  for (const key of keys) {
    const input = form.querySelector(`[data-answer][name="${CSS.escape(key)}"]`);
    input?.closest("[data-for]")?.removeAttribute("hidden");
    input?.closest("details")?.setAttribute("open", "");
  }
}

/** The guide's symptoms lead here with their name: `#symptom=open-missing`. */
function takeSymptomOfAddress() {
  const symptom = location.hash.match(/^#symptom=([\w-]+)$/)?.[1];
  if (symptom) {
    field("symptom").value = symptom;
    field("symptom").closest("details").open = true;
  }
  askWhatMatters();
}

/** A link to a result carries the ids of causes, never the message. */
async function showCausesOfAddress() {
  const match = location.hash.match(/^#causes=([\w,-]+)$/);
  if (!match || !result.hidden) return;
  const sections = match[1].split(",").filter((id) => id in ui.guide).map((id) => section(ui.guide[id]));
  result.replaceChildren(heading(ui.causes), ...(await Promise.all(sections)));
  result.hidden = false;
}
