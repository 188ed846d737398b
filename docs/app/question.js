// One question at a time, each with “I don't know”, and the answers so far.
import { element, ui } from "./ui.js";

/**
 * What is asked of the form.
 * @typedef {object} Asking
 * @property {(key: string) => import("./diagnose.js").Field | undefined} fieldOf
 * @property {(key: string) => string} labelOf the words of a question
 * @property {(key: string, value: string) => void} answer gives an answer and looks again
 * @property {(key: string) => void} change leads to the field of an answer
 * @property {() => [string, string][]} answered keys and answers, in words
 */

const UNKNOWN = "unknown"; // as `snippets.evidence.answers` calls it
const MOST_BUTTONS = 10; // choices; of more one chooses from a list

/**
 * The question that helps most, and what was answered; nothing where nothing is to be asked.
 * @param {string[]} questions by key, the most helpful first
 * @param {Asking} form
 */
export function question([key], form) {
  const answered = form.answered();
  const field = key ? form.fieldOf(key) : undefined;
  if (!field && !answered.length) return [];
  const asked = field ? [heading(form.labelOf(key)), choices(field, form)] : [];
  return [element("div", { className: "question" }, ...asked, ...soFar(answered, form))];
}

/** @param {string} text */
const heading = (text) => element("h3", { textContent: text });

/**
 * @param {import("./diagnose.js").Field} field
 * @param {Asking} form
 */
function choices(field, form) {
  const answer = (/** @type {string} */ value) => form.answer(field.name, value);
  const unknown = button(ui.dontKnow, () => answer(UNKNOWN));
  const options = field instanceof HTMLSelectElement ? [...field.options] : [];
  const given = options.filter(({ value }) => value);
  if (given.length && given.length <= MOST_BUTTONS) {
    const buttons = given.map(({ value, text }) => button(text, () => answer(value)));
    return element("p", { className: "choices" }, ...buttons, unknown);
  }
  const copy = /** @type {typeof field} */ (field.cloneNode(true));
  copy.removeAttribute("id");
  copy.setAttribute("aria-label", form.labelOf(field.name));
  const send = button(ui.reply, () => {
    if (copy.value.trim() && copy.reportValidity()) answer(copy.value);
  });
  return element("p", { className: "choices" }, copy, send, unknown);
}

/**
 * @param {[string, string][]} answered
 * @param {Asking} form
 */
function soFar(answered, form) {
  if (!answered.length) return [];
  const items = answered.map(([key, words]) => {
    const change = button(ui.change, () => form.change(key));
    change.setAttribute("aria-label", `${ui.change} – ${form.labelOf(key)}`);
    change.className = "link";
    return element("li", {}, `${form.labelOf(key)} `, element("strong", {}, words), " ", change);
  });
  return [element("p", { textContent: ui.answered }), element("ul", {}, ...items)];
}

/**
 * @param {string} textContent
 * @param {() => void} onclick
 */
function button(textContent, onclick) {
  return element("button", { type: "button", className: "run-button", textContent, onclick });
}
