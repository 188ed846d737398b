// What logs say in numbers: how many requests of which kind, what became of them, from when to when.
import { element, filled, ui } from "./ui.js";

/**
 * What `snippets.traffic` counts; times are as ISO writes them.
 * @typedef {object} Traffic
 * @property {number} lines
 * @property {Record<string, number>} kinds requests by what they ask for
 * @property {number} refused
 * @property {number} filtered
 * @property {number} machines
 * @property {number} errors
 * @property {string} [since]
 * @property {string} [until]
 */

/**
 * A kind of error in Mautic's own log: how many there are, the last one and where it stands.
 * @typedef {{ number: number, text: string, source: string, line: number }} OwnError
 */

const language = document.documentElement.lang;

/**
 * Return the elements that show the numbers; none without a log that asks Mautic for something.
 * @param {Traffic | undefined} counted
 */
export function traffic(counted) {
  if (!counted) return [];
  const { lines, kinds, since, until, ...what } = counted;
  const asked = Object.values(kinds).reduce((sum, number) => sum + number, 0);
  const rows = Object.entries(kinds).map(([kind, number]) => row(number, ui.saidWords[kind]));
  for (const name of /** @type {const} */ (["refused", "filtered", "machines"])) {
    if (what[name]) rows.push(row(what[name], ui.requests[name] + share(what[name] / asked)));
  }
  if (what.errors) rows.push(row(what.errors, ui.requests.errors));
  const title = ui.requests.title.replace("{lines}", lines.toLocaleString(language));
  const table = element("table", { className: "traffic" }, element("tbody", {}, ...rows));
  return [element("h3", { textContent: title }), table, ...span(since, until)];
}

/**
 * Return the elements that show the errors of Mautic's own log, and what to do with them.
 * @param {OwnError[]} [errors]
 */
export function ownErrors(errors = []) {
  if (!errors.length) return [];
  const rows = errors.map(({ number, text }) =>
    row(number, element("code", { textContent: text })),
  );
  const table = element("table", { className: "traffic" }, element("tbody", {}, ...rows));
  return [element("p", { textContent: ui.requests.said }), table];
}

/**
 * @param {number} number
 * @param {string | HTMLElement} words
 */
function row(number, words) {
  const cell = element("td", { textContent: number.toLocaleString(language) });
  return element("tr", {}, cell, element("td", {}, words));
}

/**
 * A share in percent; never 0 for something, never 100 for less than all.
 * @param {number} part
 */
function share(part) {
  const percent = part < 0.01 ? "< 1" : part > 0.99 && part < 1 ? "> 99" : Math.round(part * 100);
  return ui.requests.share.replace("{percent}", String(percent));
}

/**
 * @param {string | undefined} since
 * @param {string | undefined} until
 */
function span(since, until) {
  if (!since || !until) return [];
  const words = filled(ui.requests.span, { since: moment(since), until: moment(until) });
  return [element("p", { textContent: words })];
}

/** @param {string} iso as the log has it, with its own zone */
const moment = (iso) => iso.replace("T", " ").replace(/\.\d+/, "").replace("+00:00", " UTC");
