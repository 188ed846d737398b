// The page that diagnoses what a reader gives it: the form, and the address of a result.
import { all, one } from "../theme/dom.js";
import { busy, clear, handy, later, lead, prepareBy, savesData } from "./form.js";
import { explain, howToGet, loading, ui } from "./ui.js";
import { wrongFile } from "./wrong.js";

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
const fields = { form, result, status, go, halt };
const answered = later(() => import("./answering.js"));
const encoder = new TextEncoder();
const MOST_CAUSES = 50; // of an address; a result has fewer
const MOST_KEPT = 1_000_000; // bytes of what was given, so that Back shows the answer again
/** @type {[string, File | Uint8Array<ArrayBuffer>][]} files, by name; typing replaces them */
let dropped = [];
/** @type {Set<string>} keys of questions that were answered by “I don't know” */
const unknown = new Set();
/** @type {Set<string>} keys of questions that a result asked, whatever the symptom */
const wanted = new Set();
let latest = 0; // how often an answer was asked for: only the last one is shown

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await diagnose();
});
handy(form, take);
halt.addEventListener("click", async () => (await answered()).stop());
evidence.addEventListener("input", () => {
  dropped = [];
  prepareForAnswer();
});
evidence.addEventListener("paste", (event) => {
  if (event.clipboardData?.files.length) take(event.clipboardData.files); // a picture
});
file.addEventListener("change", () => take(file.files));
symptom.addEventListener("change", () => {
  askWhatMatters();
  if (symptom.value) prepareForAnswer();
});
form.addEventListener("change", ({ target }) => {
  if (target instanceof Element) unknown.delete(target.getAttribute("name") ?? "");
});
for (const button of all("[data-sample]", HTMLButtonElement, form)) {
  button.addEventListener("click", () => trySample(button.dataset.sample ?? ""));
}
form.addEventListener(
  "invalid",
  ({ target }) => {
    if (target instanceof Element) target.closest("details")?.setAttribute("open", ""); // to be seen
  },
  true,
);
addEventListener("hashchange", () => {
  takeSymptomOfAddress();
  showCausesOfAddress();
});

if (!restore(history.state)) {
  takeSymptomOfAddress();
  showCausesOfAddress();
}

/**
 * @param {() => boolean} isWanted whether the answer is still to be shown once it is there
 */
async function diagnose(isWanted = () => true) {
  const number = ++latest;
  forget();
  if (!given().length && !html() && !Object.keys(answers()).length) {
    status.textContent = ui.empty;
    evidence.focus();
    return;
  }
  busy(fields, true);
  try {
    const { ask, sentence, shown } = await answered();
    const answer = await ask("diagnose", [given(), html(), answers()], loading(status));
    go.textContent = ui.diagnose; // from now on there is nothing to load
    if (number < latest) return; // it was asked again meanwhile
    if (!isWanted()) return busy(fields, false);
    if (answer.error) return busy(fields, false, sentence(answer));
    const isOneOfSeveral = dropped.length > 1;
    const parts = await shown(answer, { ...asking, isOneOfSeveral, again, told });
    busy(fields, false); // first: the form changes its height
    show(answer.diagnosis, parts, await kept());
  } catch (problem) {
    if (number === latest) busy(fields, false, explain(problem));
  }
}

/** Take the last result away: what is seen always belongs to what was asked last. */
function forget() {
  clear(result);
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
}

function prepareForAnswer() {
  prepareBy(async () => {
    const { guide, prepare } = await answered();
    prepare();
    guide();
  });
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
  const given = asked().map((field) => [field.name, field.value.trim() || "unknown"]);
  return Object.fromEntries(given);
}

/** The fields that have an answer, if by “I don't know”, and make sense for the symptom. */
function asked() {
  const has = (/** @type {Field} */ { name, value }) => value.trim() || unknown.has(name);
  return questions().filter((field) => has(field) && !field.closest("[hidden]"));
}

/**
 * Files are read as bytes, by the worker: a text box would change line ends and charset.
 * @param {FileList | null} files
 */
async function take(files) {
  const chosen = [...(files ?? [])];
  dropped = [];
  for (const each of chosen) {
    const section = await wrongFile(each);
    if (section) return refuse(section);
  }
  prepareForAnswer();
  dropped = chosen.map((each) => [each.name, each]);
  evidence.value = "";
  status.textContent = dropped.map(([name]) => name).join(", ");
}

/**
 * Say why a file can't be used, and what to give instead.
 * @param {string} section of `message-source`
 */
function refuse(section) {
  forget();
  file.value = "";
  status.replaceChildren(`${ui.wrong[section]} `, howToGet(section));
}

/** @param {string} name */
async function trySample(name) {
  try {
    const response = await fetch(new URL(`./samples/${name}.txt`, import.meta.url));
    evidence.value = await response.text();
  } catch {
    status.textContent = ui.failed;
    return;
  }
  dropped = [];
  form.requestSubmit();
}

/**
 * Look again, with corrected lines instead of those given; alone where those can't be found.
 * @param {[string, string][]} repairs
 */
function again(repairs) {
  for (const field of [evidence, before]) {
    const isThere = repairs.some(([given]) => field.value.includes(given));
    if (!isThere) continue;
    for (const [given, repair] of repairs) field.value = field.value.replaceAll(given, repair);
    return form.requestSubmit();
  }
  dropped = [];
  evidence.value = repairs.map(([, repair]) => repair).join("\n");
  form.requestSubmit();
}

/** Show only the questions that matter for the chosen symptom. */
function askWhatMatters() {
  for (const question of all("[data-for]", HTMLElement, form)) {
    const isAsked = all("[data-answer]", HTMLElement, question).some(({ id }) => wanted.has(id));
    question.hidden = !isAsked && !question.dataset.for?.split(" ").includes(symptom.value);
  }
}

/**
 * Show an answer; its address names the causes.
 * @param {import("./shown.js").Diagnosis} diagnosis
 * @param {HTMLElement[]} parts
 * @param {Kept | null} state what was asked, for the way back
 */
function show({ findings }, parts, state) {
  lead(result, parts);
  const ids = findings.map(({ cause }) => cause);
  history.replaceState(state, "", ids.length ? `#causes=${ids.join(",")}` : "#diagnose");
}

/**
 * What was asked: it stays with this entry of the browser's history, and never is in an address.
 * @typedef {object} Kept
 * @property {Record<string, string>} asked
 * @property {string} evidence
 * @property {string} before
 * @property {[string, Uint8Array<ArrayBuffer>][]} files
 *
 * @returns {Promise<Kept | null>}
 */
async function kept() {
  const sizes = dropped.map(([, each]) => (each instanceof File ? each.size : each.length));
  const size = sizes.reduce((sum, one) => sum + one, evidence.value.length + before.value.length);
  if (size > MOST_KEPT) return null;
  /** @type {[string, Uint8Array<ArrayBuffer>][]} */
  const files = [];
  for (const [name, each] of dropped) {
    const bytes = each instanceof File ? new Uint8Array(await each.arrayBuffer()) : each;
    files.push([name, bytes]);
  }
  return { asked: answers(), evidence: evidence.value, before: before.value, files };
}

/**
 * Ask again what was asked when the reader left this page; say whether there was something.
 * @param {Kept | null} state
 */
function restore(state) {
  if (!state?.asked) return false;
  for (const [key, value] of Object.entries(state.asked)) {
    const field = fieldOf(key);
    if (value === "unknown") unknown.add(key);
    else if (field) field.value = value;
    wanted.add(key);
  }
  evidence.value = state.evidence;
  before.value = state.before;
  dropped = state.files;
  askWhatMatters();
  form.requestSubmit();
  return true;
}

/**
 * The field that asks under that key.
 * @param {string} key
 */
function fieldOf(key) {
  return questions().find(({ name }) => name === key);
}

/**
 * What the form asks under that key.
 * @param {string} key
 */
function labelOf(key) {
  const label = fieldOf(key)?.labels?.[0];
  return label?.firstChild?.textContent?.trim() ?? key;
}

/** @type {import("./question.js").Asking} */
const asking = {
  fieldOf,
  labelOf,
  answer(key, value) {
    const field = fieldOf(key);
    if (!field) return;
    wanted.add(key);
    const isKnown = value !== "unknown";
    field.value = isKnown ? value : "";
    if (isKnown) unknown.delete(key);
    else unknown.add(key);
    askWhatMatters();
    form.requestSubmit();
  },
  change(key) {
    const field = fieldOf(key);
    field?.closest("details")?.setAttribute("open", "");
    field?.focus();
  },
  answered: () => asked().map((field) => [field.name, inWords(field)]),
};

/**
 * What was asked under a key and answered, in the words of the form.
 * @param {string} key
 */
function told(key) {
  const field = fieldOf(key);
  return field ? `${labelOf(key)} ${inWords(field)}` : "";
}

/**
 * What a field answers, in the words of the form.
 * @param {Field} field
 */
function inWords(field) {
  if (!field.value.trim()) return ui.dontKnow;
  const chosen = field instanceof HTMLSelectElement ? field.selectedOptions[0]?.text : "";
  return chosen || field.value.trim();
}

/** The guide's symptoms lead here with their name: `#symptom=open-missing`. */
function takeSymptomOfAddress() {
  const named = location.hash.match(/^#symptom=([\w-]+)$/)?.[1];
  if (named) symptom.value = named;
  askWhatMatters();
  if (!named || !symptom.value) return;
  toTheButton();
  prepareForAnswer();
  if (!savesData()) answerAtOnce();
}

/** Who comes with a symptom has asked; who fills something in meanwhile may ask again. */
function answerAtOnce() {
  const asked = filledIn();
  const release = () => {
    go.disabled = false;
  };
  form.addEventListener("input", release, { once: true });
  diagnose(() => filledIn() === asked);
}

/** What the form holds, to be compared. */
function filledIn() {
  return JSON.stringify([answers(), evidence.value, before.value, dropped.map(([name]) => name)]);
}

/** The button comes into view, below the symptom: there it is told that an answer is awaited. */
function toTheButton() {
  symptom.focus({ preventScroll: true });
  symptom.scrollIntoView({ block: "center" });
}

/** A link to a result carries the ids of causes, never the message; others say nothing here. */
async function showCausesOfAddress() {
  const ids = location.hash.match(/^#causes=([\w,-]+)$/)?.[1].split(",") ?? [];
  if (!ids.length) return;
  const { shared } = await answered();
  const known = [...new Set(ids)].filter((id) => Object.hasOwn(ui.guide, id));
  if (known.length) lead(result, await shared(known.slice(0, MOST_CAUSES)));
}
