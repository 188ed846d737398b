// What a form that asks Python does, whatever it asks: it gets ready, waits, and leads to the result.
import { learn, ui } from "./ui.js";

/**
 * @typedef {object} Fields
 * @property {HTMLFormElement} form
 * @property {HTMLElement} result
 * @property {HTMLElement} status
 * @property {HTMLButtonElement} go
 * @property {HTMLButtonElement} halt
 */

/**
 * Let a form be sent by Ctrl+Enter, and take files that are dropped on it.
 * @param {HTMLFormElement} form
 * @param {(files: FileList) => void} take
 */
export function handy(form, take) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}

/**
 * Return what gets the scripts and words that only an answer needs; after a failure they are asked
 * for again.
 * @template Module
 * @param {() => Promise<Module>} load
 */
export function later(load) {
  /** @type {Promise<Module> | null} */
  let loaded = null;
  return async () => {
    loaded ??= Promise.all([load(), learn()]).then(([module]) => module);
    try {
      return await loaded;
    } catch {
      loaded = null;
      throw new Error("load");
    }
  };
}

/** Whether the reader saves data: then nothing is loaded that wasn't asked for. */
export function savesData() {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  return connection?.saveData ?? false;
}

/**
 * The reader means to ask: get ready, unless the reader saves data.
 * @param {() => Promise<void>} load
 */
export async function prepareBy(load) {
  if (savesData()) return;
  try {
    await load();
  } catch {
    // it is told when asked
  }
}

/**
 * Say that an answer is awaited, or why there is none.
 * @param {Fields} fields
 * @param {boolean} yes
 * @param {string} words
 */
export function busy({ go, halt, status }, yes, words = yes ? ui.running : "") {
  go.disabled = yes;
  halt.hidden = !yes;
  status.textContent = words;
}

/**
 * Take the last result away: what is seen always belongs to what was asked last.
 * @param {HTMLElement} result
 */
export function clear(result) {
  result.hidden = true;
  result.replaceChildren();
}

/**
 * Show a result and lead the reader to its first line, the eye as well as the ear.
 * @param {HTMLElement} result
 * @param {HTMLElement[]} parts
 */
export function lead(result, parts) {
  result.replaceChildren(...parts);
  result.hidden = false;
  const [verdict] = parts;
  verdict.tabIndex = -1;
  verdict.focus({ preventScroll: true });
  verdict.scrollIntoView({ block: "start" });
}
