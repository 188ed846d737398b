// What the page's scripts share: the words of the page's language, and small DOM helpers.
import { one } from "../theme/dom.js";

/**
 * The words of the scripts, from the front matter of `diagnose.md`: each page holds those that it
 * needs at once.
 * @typedef {Record<string, string>} Words
 * @typedef {object} Ui
 * @property {string} base the way from this page to the root of its language, "" or "../"
 * @property {number} bytes of Python as unpacked
 * @property {string} size of Python as it travels, in MB
 * @property {string} run
 * @property {string} first
 * @property {string} stop
 * @property {string} reset
 * @property {string} code
 * @property {string} running
 * @property {string} loading
 * @property {string} reading
 * @property {string} stopped
 * @property {string} failed
 * @property {string} silent
 * @property {string} error
 * @property {string} errorAt
 * @property {string} diagnose
 * @property {string} diagnoseFirst
 * @property {string} nothing
 * @property {string} ask
 * @property {string} dontKnow
 * @property {string} reply
 * @property {string} change
 * @property {string} answered
 * @property {Words} suspects by plural
 * @property {string} otherSuspects
 * @property {Words} moreSuspects by plural
 * @property {string} checkFailed
 * @property {Words} problems
 * @property {string} cut
 * @property {string} unrecognised
 * @property {Words} wanted
 * @property {Words} requests
 * @property {Words} known
 * @property {string} healthyTitle
 * @property {string} said
 * @property {Words} saidNames
 * @property {Words} saidWords
 * @property {string} report
 * @property {string} copy
 * @property {string} copied
 * @property {string} inGuide
 * @property {string} line
 * @property {string} column
 * @property {Words} sources
 * @property {Words} compare what is said of two releases compared
 * @property {Words} certainty
 * @property {Words} healthy
 * @property {Record<string, Words>} verdict causes of each certainty, by plural
 * @property {string} verdictHealthy
 * @property {string} verdictNothing
 * @property {string} verdictIncomplete
 * @property {string} depends
 * @property {string} absent
 * @property {Words} of what was examined
 * @property {string} shared
 * @property {Words} wrong what was pasted instead of a message, by section of `message-source`
 * @property {string} whatToCopy
 * @property {string} empty
 * @property {string} more
 * @property {string} way
 * @property {string} wholeWay
 * @property {Words} moreEvidence by plural
 * @property {Words} moreAdvice by plural
 * @property {string} corrected
 * @property {string} again
 * @property {Words} trackedOf by plural
 * @property {string} followed
 * @property {string} noReason
 * @property {string} recognised
 * @property {Words} kinds
 * @property {Record<string, Words>} counted by plural
 * @property {string} others
 * @property {string} forum
 * @property {string} openIssue
 * @property {string} copyReport
 * @property {string} nothingSent
 *
 * On the page that diagnoses only:
 * @property {string} words the file with the words that only an answer needs
 * @property {Words} guide the address of the section of each cause
 * @property {Words} titles the heading of that section
 * @property {Words} reasons the heading of the section of each reason of a link
 * @property {string} file what a result shows of the guide
 * @property {string} project the address of the project's repository
 */

/**
 * The words: at first those of the page as it is opened, then those of an answer, too.
 * @type {Ui}
 */
export const ui = JSON.parse(one("#ui", HTMLScriptElement).text);

/** Get the words that only an answer needs. */
export async function learn() {
  const response = await fetch(new URL(`./${ui.words}`, import.meta.url));
  if (!response.ok) throw new Error("load");
  Object.assign(ui, await response.json());
}

/**
 * The link to the section that says what to copy instead.
 * @param {string} section of `message-source`
 */
export function howToGet(section) {
  const href = `${ui.base}message-source.html#${section}`;
  return element("a", { href, textContent: ui.whatToCopy });
}

/**
 * Make an element; text is only ever set as text, never as HTML.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} properties
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties = {}, ...children) {
  const { role, ...own } = properties;
  const made = Object.assign(document.createElement(name), own);
  if (role) made.setAttribute("role", role);
  made.append(...children);
  return made;
}

/**
 * Words with their values; a `{name}` that has none stays.
 * @param {string} words
 * @param {object} values
 */
export function filled(words, values) {
  const known = /** @type {Record<string, unknown>} */ (values);
  return words.replace(/\{(\w+)\}/g, (all, name) => String(known[name] ?? all));
}

const language = document.documentElement.lang;

/**
 * Words for a number, in the plural that the language has for it.
 * @param {Words} words by plural: `one`, `other`, what else the language knows
 * @param {number} number
 */
export function count(words, number) {
  const plural = new Intl.PluralRules(language).select(number);
  const text = words[plural] ?? words.other;
  return text.replace("{n}", number.toLocaleString(language));
}

/**
 * Words one after another, as the language writes them: “a, b and c”.
 * @param {string[]} texts
 */
export function listed(texts) {
  return new Intl.ListFormat(language).format(texts);
}

/**
 * A button that copies a text.
 * @param {string} text
 * @param {string} [label]
 */
export function copyButton(text, label = ui.copy) {
  const button = element("button", { type: "button", className: "run-button", textContent: label });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = ui.copied;
  });
  return button;
}

/**
 * Return a function that shows in `place` how much of Python has arrived, or of a file was read.
 * @param {Element} place
 */
export function loading(place) {
  const bar = element("progress", { max: ui.bytes, value: 0 });
  bar.setAttribute("aria-label", ui.loading);
  return (/** @type {import("./python.js").Progress} */ { received = 0, read }) => {
    if (read !== undefined) {
      place.textContent = ui.reading.replace("{percent}", String(Math.floor(read * 100)));
      return;
    }
    if (!bar.isConnected) place.replaceChildren(ui.loading, " ", bar);
    bar.value = Math.min(received, ui.bytes);
  };
}

/**
 * Say in words why Python did not answer.
 * @param {unknown} problem
 */
export function explain(problem) {
  const message = problem instanceof Error ? problem.message : String(problem);
  if (message === "stopped") return ui.stopped;
  if (message === "load") return ui.failed;
  return `${ui.error} ${message}`;
}
