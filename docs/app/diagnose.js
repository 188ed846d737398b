// The page that diagnoses what a reader gives it: the form, and the address of a result.
import { all, one } from "../theme/dom.js";
import { section } from "./guide.js";
import { ask, isStarted, stop } from "./python.js";
import { heading, shown } from "./shown.js";
import { explain, loading, ui } from "./ui.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

const form = one("#diagnose-form", HTMLFormElement);
const evidence = one("#evidence", HTMLTextAreaElement, form);
const before = one("#before", HTMLTextAreaElement, form);
const file = one("#file", HTMLInputElement, form);
const symptom = one("#symptom", HTMLSelectElement, form);
const result = one("#diagnose-result", HTMLElement);
const status = one("[role=status]", HTMLElement, form);
const go = one("[type=submit]", HTMLButtonElement, form);
const halt = one("[name=stop]", HTMLButtonElement, form);
const encoder = new TextEncoder();
const MOST_BYTES = 10_000_001; // of a file; one more than is looked at, so that Python sees the cut
const MOST_CAUSES = 50; // of an address; a result has fewer
/** @type {[string, Uint8Array][]} files chosen or dropped, by name; typing replaces them */
let dropped = [];

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
evidence.addEventListener("input", () => {
  dropped = [];
});
file.addEventListener("change", () => take(file.files));
symptom.addEventListener("change", askWhatMatters);
for (const button of all("[data-sample]", HTMLButtonElement, form)) {
  button.addEventListener("click", () => trySample(button.dataset.sample ?? ""));
}
form.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
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
    const answer = await ask("diagnose", [given(), html(), answers()], loading(status));
    status.textContent = answer.error ?? "";
    if (!answer.error) await show(answer);
  } catch (problem) {
    status.textContent = explain(problem);
  } finally {
    busy(false);
  }
}

function given() {
  if (dropped.length) return dropped;
  return evidence.value.trim() ? [["pasted.txt", encoder.encode(evidence.value)]] : [];
}

function html() {
  return before.value.trim() ? encoder.encode(before.value) : null;
}

/** The fields of the form that answer a question. */
function questions() {
  return /** @type {Field[]} */ (all("[data-answer]", HTMLElement, form));
}

function answers() {
  const given = questions()
    .filter((field) => field.value.trim() && !field.closest("[hidden]"))
    .map((field) => [field.name, field.value.trim()]);
  return Object.fromEntries(given);
}

/**
 * Files are read as bytes: a text box would change line ends and charset.
 * @param {FileList | null} files
 */
async function take(files) {
  const read = [...(files ?? [])].map(async (each) => {
    const content = await each.slice(0, MOST_BYTES).arrayBuffer();
    return /** @type {[string, Uint8Array]} */ ([each.name, new Uint8Array(content)]);
  });
  dropped = await Promise.all(read);
  evidence.value = "";
  status.textContent = dropped.map(([name]) => name).join(", ");
}

/** @param {string} name */
async function trySample(name) {
  const response = await fetch(new URL(`./samples/${name}.txt`, import.meta.url));
  evidence.value = await response.text();
  dropped = [];
  form.requestSubmit();
}

/** Show only the questions that matter for the chosen symptom. */
function askWhatMatters() {
  for (const question of all("[data-for]", HTMLElement, form)) {
    question.hidden = !question.dataset.for?.split(" ").includes(symptom.value);
  }
}

/** @param {boolean} yes */
function busy(yes) {
  go.disabled = yes;
  halt.hidden = !yes;
  if (yes) status.textContent = ui.running;
  go.textContent = isStarted() ? ui.diagnose : ui.diagnoseFirst;
}

/** @param {import("./shown.js").Answer} answer */
async function show(answer) {
  unhide(answer.diagnosis.questions);
  const parts = await shown(answer, { labelOf, isOneOfSeveral: dropped.length > 1 });
  result.replaceChildren(...parts);
  result.hidden = false;
  const ids = answer.diagnosis.findings.map(({ cause }) => cause);
  history.replaceState(null, "", ids.length ? `#causes=${ids.join(",")}` : "#diagnose");
  parts[0].tabIndex = -1;
  parts[0].focus();
}

/**
 * What the form asks under that key.
 * @param {string} key
 */
function labelOf(key) {
  const label = questions().find(({ name }) => name === key)?.labels?.[0];
  return label?.firstChild?.textContent?.trim() ?? key;
}

/** @param {string[]} keys */
function unhide(keys) {
  for (const field of questions().filter(({ name }) => keys.includes(name))) {
    field.closest("[data-for]")?.removeAttribute("hidden");
    field.closest("details")?.setAttribute("open", "");
  }
}

/** The guide's symptoms lead here with their name: `#symptom=open-missing`. */
function takeSymptomOfAddress() {
  const named = location.hash.match(/^#symptom=([\w-]+)$/)?.[1];
  if (named) {
    symptom.value = named;
    symptom.closest("details")?.setAttribute("open", "");
  }
  askWhatMatters();
}

/** A link to a result carries the ids of causes, never the message. */
async function showCausesOfAddress() {
  const named = location.hash.match(/^#causes=([\w,-]+)$/)?.[1].split(",");
  if (!named || !result.hidden) return;
  const known = [...new Set(named)].filter((id) => Object.hasOwn(ui.guide, id));
  const sections = known.slice(0, MOST_CAUSES).map((id) => section(ui.guide[id]));
  result.replaceChildren(heading(ui.causes), ...(await Promise.all(sections)));
  result.hidden = false;
}
