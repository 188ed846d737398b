// What two releases compared look like: a verdict, the links of the mail, what else changes.
// A mail is hostile: it is only ever shown as text.
import { figure } from "./card.js";
import { adopt } from "./guide.js";
import { element, filled, listed, ui } from "./ui.js";

export { ask, prepare, stop } from "./python.js";
export { sentence } from "./shown.js";

/**
 * What `snippets.comparing` answers.
 * @typedef {import("./card.js").Piece} Piece
 * @typedef {"stops" | "sends" | "lost" | "won" | "elsewhere"} Kind
 * @typedef {object} Link
 * @property {Kind} kind
 * @property {string} part
 * @property {number} line
 * @property {Piece[]} pieces
 * @property {string} before the reason of what becomes of it
 * @property {string} after
 * @property {string} led where a click arrives, "" for nowhere
 * @property {string} leads
 * @property {string} repair
 * @property {Piece[]} shown
 * @property {string} section
 *
 * @typedef {{ type: "marketing" | "transactional", lost: string[], won: string[] }} Headers
 * @typedef {object} Answer
 * @property {string} old
 * @property {string} new
 * @property {boolean} mail whether one was given
 * @property {boolean} sent whether Mautic had already sent it
 * @property {Record<string, string>} known how releases are known that were not run
 * @property {Link[]} links
 * @property {Headers[]} headers
 * @property {string[]} changes
 */

/** @type {Record<Kind, string>} */
const TONES = {
  stops: "sure",
  lost: "likely",
  elsewhere: "possible",
  won: "healthy",
  sends: "healthy",
};

/**
 * Return the elements that show an answer, the verdict first.
 * @param {Answer} answer
 * @param {HTMLLIElement[]} items what the page says of each change
 */
export function shown(answer, items) {
  const { links, headers, changes, sent, known, mail } = answer;
  const isEmpty = !links.length && !headers.length && !changes.length;
  const verdict = mail ? (isEmpty ? "nothing" : "changes") : isEmpty ? "nothingAtAll" : "list";
  const kinds = /** @type {Kind[]} */ (Object.keys(TONES));
  const cards = [
    ...kinds.flatMap((kind) =>
      linksOf(
        kind,
        links.filter((link) => link.kind === kind),
      ),
    ),
    ...headersOf(headers),
    ...also(changes, items, mail ? ui.compare.also : ""),
  ];
  return [
    element("h3", { textContent: filled(ui.compare[verdict], answer) }),
    ...(sent ? [element("p", { textContent: ui.compare.sent })] : []),
    ...(cards.length ? [element("ol", { className: "causes" }, ...cards)] : []),
    ...Object.entries(known).map(([release, how]) =>
      element("p", { textContent: filled(ui.known[how], { release }) }),
    ),
  ];
}

/**
 * @param {Kind} kind
 * @param {Link[]} links
 */
function linksOf(kind, links) {
  if (!links.length) return [];
  return [card(TONES[kind], `${ui.compare[kind]} (${links.length})`, links.flatMap(link))];
}

/**
 * One link: where it stands, what became of it, what to write instead, where the guide says more.
 * @param {Link} link
 */
function link({ kind, part, line, pieces, before, after, led, leads, repair, shown, section }) {
  const form = { isOneOfSeveral: part !== "", again: () => {} };
  const evidence = { source: part, line, pieces, shown, ...(repair ? { repair } : {}) };
  const { nowhere } = ui.compare;
  const became =
    kind === "elsewhere"
      ? filled(ui.compare.leads, { led: led || nowhere, leads: leads || nowhere })
      : filled(ui.compare.reasons, { before: ui.reasons[before], after: ui.reasons[after] });
  return [
    figure(evidence, form),
    element("p", { className: "small" }, `${became} `, more(section)),
  ];
}

/** @param {Headers[]} headers */
function headersOf(headers) {
  if (!headers.length) return [];
  const items = headers.flatMap(({ type, lost, won }) => [
    ...(lost.length ? [ui.compare[type] + names(ui.compare.headersLost, lost)] : []),
    ...(won.length ? [ui.compare[type] + names(ui.compare.headersWon, won)] : []),
  ]);
  const list = element("ul", {}, ...items.map((text) => element("li", { textContent: text })));
  const link = more(ui.guide["list-unsubscribe-header"]);
  return [card("possible", ui.compare.headers, [list, element("p", {}, link)])];
}

/**
 * The sentences of the page on some changes, release by release.
 * @param {string[]} changes
 * @param {HTMLLIElement[]} items
 * @param {string} title
 */
function also(changes, items, title) {
  const told = items.filter((item) =>
    item.dataset.change?.split(" ").some((name) => changes.includes(name)),
  );
  const lists = new Map(told.map((item) => [item.parentElement, releaseOf(item)]));
  const parts = [...lists].flatMap(([list, release]) => [
    element("h5", { textContent: release }),
    element("ul", {}, ...told.filter((item) => item.parentElement === list).map(copy)),
  ]);
  return parts.length ? [card("possible", title, parts)] : [];
}

/** @param {HTMLLIElement} item */
function copy(item) {
  const copied = adopt(item, new URL(location.href));
  copied.removeAttribute("data-change");
  return copied;
}

/**
 * The release whose section an item stands in.
 * @param {HTMLLIElement} item
 */
function releaseOf(item) {
  let above = item.parentElement?.previousElementSibling;
  while (above && !above.matches("h3")) above = above.previousElementSibling;
  return above?.firstChild?.textContent?.trim() ?? "";
}

/**
 * @param {string} tone
 * @param {string} title
 * @param {Element[]} inside
 */
function card(tone, title, inside) {
  const heading = title ? [element("h4", { textContent: title })] : [];
  return element("li", { className: `cause ${tone}` }, ...heading, ...inside);
}

/** @param {string} section */
const more = (section) => element("a", { href: ui.base + section, textContent: ui.inGuide });

/**
 * @param {string} words
 * @param {string[]} headers
 */
const names = (words, headers) => filled(words, { names: listed(headers) });
