// The page `releases` compares two of them: for one's own mail, or in general.
import { all, one } from "../theme/dom.js";
import { explain, learn, loading, ui } from "./ui.js";

const form = one("#compare-form", HTMLFormElement);
const old = one("[name=old]", HTMLSelectElement, form);
const coming = one("[name=new]", HTMLSelectElement, form);
const mail = one("textarea", HTMLTextAreaElement, form);
const file = one("[type=file]", HTMLInputElement, form);
const result = one("#compare-result", HTMLElement);
const status = one("[role=status]", HTMLElement, form);
const go = one("[type=submit]", HTMLButtonElement, form);
const halt = one("[name=stop]", HTMLButtonElement, form);
const LARGEST = 30_000_001; // bytes: one more than Python takes for a mail
const encoder = new TextEncoder();
/** @type {File | null} a mail that was chosen or dropped; typing replaces it */
let chosen = null;
/** @type {Promise<typeof import("./compared.js")> | null} what only an answer needs, once loaded */
let answering = null;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await compare();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
halt.addEventListener("click", async () => (await answered()).stop());
mail.addEventListener("input", () => {
  chosen = null;
  status.textContent = "";
  prepareForAnswer();
});
file.addEventListener("change", () => take(file.files));
form.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files);
});

async function compare() {
  result.hidden = true;
  result.replaceChildren();
  busy(true);
  try {
    const { ask, sentence, shown } = await answered();
    const given = [await content(), chosen?.name ?? "", old.value, coming.value];
    const answer = await ask("compare", given, loading(status));
    go.textContent = go.dataset.again ?? ""; // from now on there is nothing to load
    if (answer.error) return busy(false, sentence(answer));
    busy(false); // first: the form changes its height
    lead(shown(answer, all("li[data-change]", HTMLLIElement)));
  } catch (problem) {
    busy(false, explain(problem));
  }
}

/** The bytes of the mail; nothing where none was given. */
async function content() {
  if (chosen) return new Uint8Array(await chosen.slice(0, LARGEST).arrayBuffer());
  return mail.value.trim() ? encoder.encode(mail.value) : null;
}

/** @param {FileList | null} files */
function take(files) {
  chosen = files?.[0] ?? null;
  mail.value = "";
  status.textContent = chosen?.name ?? "";
  prepareForAnswer();
}

/** The scripts and words that only an answer needs; they are asked for again after a failure. */
async function answered() {
  answering ??= Promise.all([import("./compared.js"), learn()]).then(([module]) => module);
  try {
    return await answering;
  } catch {
    answering = null;
    throw new Error("load");
  }
}

/** The reader means to ask: load what the answer needs, unless the reader saves data. */
async function prepareForAnswer() {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  if (connection?.saveData) return;
  try {
    (await answered()).prepare();
  } catch {
    // it is told when asked
  }
}

/**
 * Say that an answer is awaited, or why there is none.
 * @param {boolean} yes
 * @param {string} words
 */
function busy(yes, words = yes ? ui.running : "") {
  go.disabled = yes;
  halt.hidden = !yes;
  status.textContent = words;
}

/**
 * Show a result and lead the reader to its first line, the eye as well as the ear.
 * @param {HTMLElement[]} parts
 */
function lead(parts) {
  result.replaceChildren(...parts);
  result.hidden = false;
  const [verdict] = parts;
  verdict.tabIndex = -1;
  verdict.focus({ preventScroll: true });
  verdict.scrollIntoView({ block: "start" });
}
