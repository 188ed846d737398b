// One cause of a result: its name, how certain it is, what to change, the evidence; the rest folded.
import { addressOf, parts, words } from "./guide.js";
import { copyButton, count, element, filled, ui } from "./ui.js";

/**
 * A piece of evidence as `snippets.excerpts` cuts it: a text, and whether it is odd, a gap, a sign.
 * @typedef {[string, "" | "odd" | "gap" | "sign"]} Piece
 *
 * @typedef {object} Evidence
 * @property {string} source
 * @property {number} line
 * @property {number} [column]
 * @property {Piece[]} pieces
 * @property {string} [given] what `repair` is to stand for, as it is written in the source
 * @property {string} [repair] the line to write instead: the rules say that it is tracked
 * @property {Piece[]} [shown] that line, short; whole when it is copied
 * @property {string} [instead] an address to write instead
 * @property {string} [by] who wrapped the address: a provider, a gateway
 *
 * @typedef {object} Card
 * @property {string} cause
 * @property {string} certainty
 * @property {boolean} healthy
 * @property {Evidence[]} evidence
 * @property {string} [reason] the section that says more than that of the cause
 * @property {number} [advice] the piece of its list that fits, counted from 1
 *
 * What a card can ask of the form: whether several files were given; to look again with lines; what
 * was asked under a key and answered, in words.
 * @typedef {object} Asking
 * @property {boolean} isOneOfSeveral
 * @property {(repairs: [string, string][]) => void} again
 * @property {(key: string) => string} [told]
 */

const FEW = 2; // pieces of evidence that are seen at once, one with its correction
const PIECES = 3; // of a list of advice that are seen at once: with more, a phone shows no evidence

/**
 * @param {Card} card
 * @param {import("./guide.js").Section | undefined} section nothing where it can't be had
 * @param {Asking} form
 */
export function card({ cause, certainty, healthy, evidence, reason, advice }, section, form) {
  const tone = healthy ? "healthy" : certainty;
  const badge = element("span", { className: `badge ${tone}` }, ui.certainty[certainty]);
  const shown = evidence.map((one) => figure(one, form));
  const seen = healthy ? 0 : evidence[0]?.repair ? 1 : FEW;
  return element(
    "li",
    { id: `finding-${cause}`, className: `cause ${tone}` },
    element("h3", { tabIndex: -1 }, section ? words(section.title) : ui.titles[cause], " ", badge),
    ...why(reason),
    ...whatToChange(
      cause,
      section,
      [
        ...shown.slice(0, seen),
        ...folded(count(ui.moreEvidence, shown.length - seen), shown.slice(seen)),
        ...again(evidence, form),
      ],
      advice,
    ),
  );
}

/**
 * Of a long list of advice the piece that fits the evidence, else the first ones; the others folded.
 * @param {Element} change
 * @param {number} [advice] counted from 1
 */
function fold(change, advice) {
  const list = [...change.children].find(({ children }) => children.length > PIECES);
  if (!list?.matches("ol, ul")) return;
  const pieces = [...list.children];
  const seen = advice ? pieces.splice(advice - 1, 1) : pieces.splice(0, PIECES);
  const others = /** @type {Element} */ (list.cloneNode());
  list.replaceChildren(...seen);
  others.append(...pieces);
  list.after(...folded(count(ui.moreAdvice, pieces.length), [others]));
}

/**
 * The section that says more than that of the cause, for a cause of many reasons.
 * @param {string} [reason]
 */
function why(reason) {
  if (!reason) return [];
  const href = `${ui.base}emails/links.html#${reason}`;
  return [element("p", {}, element("a", { href, textContent: ui.reasons[reason] ?? reason }))];
}

/**
 * A cause of which nothing was examined: its name, what to change, the rest.
 * @param {string} cause
 * @param {import("./guide.js").Section | undefined} section
 */
export function named(cause, section) {
  const title = section ? words(section.title) : ui.titles[cause];
  return element(
    "li",
    { id: `finding-${cause}`, className: "cause" },
    element("h3", { tabIndex: -1, textContent: title }),
    ...whatToChange(cause, section, []),
  );
}

/**
 * A cause that only might be: its name, the rest folded.
 * @param {string} cause
 * @param {import("./guide.js").Section | undefined} section
 */
export function suspect(cause, section) {
  const title = section ? words(section.title) : ui.titles[cause];
  return element("li", {}, ...folded(title, whatToChange(cause, section, [])));
}

/**
 * What to change, then what shows the cause, then the rest of the section, folded.
 * @param {string} cause
 * @param {import("./guide.js").Section | undefined} section
 * @param {Element[]} evidence
 * @param {number} [advice] the piece of a list that fits
 */
function whatToChange(cause, section, evidence, advice) {
  const link = element("a", { href: addressOf(cause).href, textContent: ui.inGuide });
  if (!section) return [element("p", { className: "change" }, link), ...evidence];
  const { change, rest } = parts(cause, section);
  const box = element("div", { className: "change" }, ...change);
  fold(box, advice);
  return [box, ...evidence, ...folded(ui.more, [...rest, element("p", {}, link)])];
}

/**
 * Something behind its summary; nothing where there is nothing.
 * @param {string} summary
 * @param {Element[]} inside
 */
export function folded(summary, inside) {
  if (!inside.length) return [];
  return [element("details", {}, element("summary", { textContent: summary }), ...inside)];
}

/**
 * A piece of evidence, where it stands, and the line to write instead.
 * @param {Evidence} evidence
 * @param {Asking} form
 */
export function figure(evidence, form) {
  const place = position(evidence, form);
  const caption = place ? [element("figcaption", { textContent: place })] : [];
  return element(
    "figure",
    {},
    ...caption,
    element("blockquote", {}, inWords(evidence, form) || code(evidence.pieces)),
    ...corrected(evidence),
  );
}

/**
 * An answer, quoted as `key=value`, in the words of the form; nothing for other evidence.
 * @param {Evidence} evidence
 * @param {Asking} form
 */
function inWords({ source, pieces }, { told }) {
  const text = pieces.map(([piece]) => piece).join("");
  return source === "answers" ? told?.(text.split("=")[0] ?? "") : "";
}

/** @param {Evidence} evidence */
function corrected({ repair, instead, shown: pieces }) {
  const line = repair ?? instead;
  if (!line) return [];
  const shown = code(pieces ?? [[line, ""]]);
  const label = element("span", { textContent: ui.corrected });
  return [element("p", { className: "corrected" }, label, shown, copyButton(line))];
}

/**
 * The button that looks again with all corrected lines of a card.
 * @param {Evidence[]} evidence
 * @param {Asking} form
 */
function again(evidence, form) {
  /** @type {[string, string][]} */
  const repairs = [];
  for (const { given, repair } of evidence) if (given && repair) repairs.push([given, repair]);
  if (!repairs.length) return [];
  const onclick = () => form.again(repairs);
  const properties = { className: "run-button", textContent: ui.again, onclick };
  return [element("p", {}, element("button", { type: "button", ...properties }))];
}

/**
 * Text of the evidence: only ever text, what is odd in it marked.
 * @param {Piece[]} pieces
 */
export function code(pieces) {
  const shown = pieces.map(([text, kind]) => {
    if (kind === "odd") return element("mark", { textContent: text });
    if (kind === "sign") return element("mark", { className: "sign", textContent: text });
    return kind ? element("span", { className: kind, textContent: text }) : text;
  });
  return element("code", { dir: "ltr" }, ...shown);
}

/**
 * Say where evidence stands: the source if there are several, line and column; who wrapped it.
 * @param {Evidence} evidence
 * @param {Asking} form
 */
function position({ source, line, column, by }, { isOneOfSeveral }) {
  const isNamed = isOneOfSeveral || Object.hasOwn(ui.sources, source);
  const name = isNamed ? (ui.sources[source] ?? source) : "";
  const where = line ? filled(column ? ui.column : ui.line, { line, column }) : "";
  return [name, where, by].filter(Boolean).join(", ");
}
