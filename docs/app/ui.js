// What the page's scripts share: the words of the page's language, and small DOM helpers.
import { one } from "../theme/dom.js";

/**
 * The words, put into the page by the build from the front matter of `diagnose.md`.
 * @typedef {Record<string, string>} Words
 * @typedef {object} Ui
 * @property {string} base the way from this page to the root of its language, "" or "../"
 * @property {number} bytes of Python as unpacked
 * @property {string} size of Python as it travels, in MB
 * @property {Words} guide the address of the section of each cause
 * @property {string} run
 * @property {string} first
 * @property {string} stop
 * @property {string} reset
 * @property {string} code
 * @property {string} running
 * @property {string} loading
 * @property {string} stopped
 * @property {string} failed
 * @property {string} silent
 * @property {string} error
 * @property {string} errorAt
 * @property {string} diagnose
 * @property {string} diagnoseFirst
 * @property {string} causes
 * @property {string} nothing
 * @property {string} ask
 * @property {string} checkFailed
 * @property {Words} known
 * @property {string} healthyTitle
 * @property {string} said
 * @property {Words} saidNames
 * @property {Words} saidWords
 * @property {string} links
 * @property {string[]} linkColumns
 * @property {string} report
 * @property {string} copy
 * @property {string} copied
 * @property {string} evidence
 * @property {string} inGuide
 * @property {string} line
 * @property {string} column
 * @property {Words} sources
 * @property {string} yes
 * @property {string} no
 * @property {Words} certainty
 * @property {Words} healthy
 */

/** @type {Ui} */
export const ui = JSON.parse(one("#ui", HTMLScriptElement).text);

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
 * Return a function that shows in `place` how much of Python has arrived.
 * @param {Element} place
 */
export function loading(place) {
  const bar = element("progress", { max: ui.bytes, value: 0 });
  bar.setAttribute("aria-label", ui.loading);
  return (/** @type {number} */ received) => {
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
