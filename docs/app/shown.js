// What a diagnosis looks like: the verdict, the causes, the links, what to do next, the report.
// A message is hostile: it is only ever shown as text.
import { card, code, folded, named, suspect } from "./card.js";
import { addressOf, guide } from "./guide.js";
import { question } from "./question.js";
import { ownErrors, traffic } from "./traffic.js";
import { copyButton, count, element, filled, howToGet, listed, ui } from "./ui.js";
import { way } from "./way.js";

/**
 * What `snippets.view` answers.
 * @typedef {{ line: number, pieces: import("./card.js").Piece[], reason: string }} Link
 * @typedef {{ all: number, tracked: number, untracked: Link[], followed: Link[] }} Links
 * @typedef {{ cause: string, error: string }} Failure
 * @typedef {object} Verdict
 * @property {string} kind
 * @property {string} of what was examined
 * @property {Record<string, number>} counts causes by certainty
 * @property {string[]} [missing] what a healthy message lacks
 * @property {string} [depends] the question that decides whether the first cause is one
 * @typedef {object} Context
 * @property {string} [release]
 * @property {string} [release-evidence]
 * @property {string[]} [sources]
 * @property {string[]} [cut]
 * @property {string[]} [unrecognised]
 * @property {string} [wanted] what would show what is asked
 * @property {import("./traffic.js").Traffic} [requests]
 * @property {import("./traffic.js").OwnError[]} [errors]
 * @property {number} [tracked]
 * @property {number} [untouched]
 * @property {number} [pixels]
 *
 * @typedef {object} Diagnosis
 * @property {{ cause: string }[]} findings
 * @property {string[]} healthy
 * @property {string[]} questions
 * @property {Context} context
 * @property {Failure[]} [failed] checks that ended with an error of ours
 *
 * @typedef {{ kind?: string, ct?: Record<string, unknown>, [name: string]: unknown }} Said
 * @typedef {object} Answer
 * @property {Diagnosis} diagnosis
 * @property {Verdict} verdict
 * @property {import("./card.js").Card[]} cards
 * @property {string[]} suspects other causes to look at, the most common first
 * @property {Links} links
 * @property {Said} said
 * @property {string} report
 * @property {string} issue the query of an address that opens a new issue
 *
 * What is asked of the form: by a question, and by a card.
 * @typedef {import("./card.js").Asking & import("./question.js").Asking} Form
 */

const MAUTIC = "https://github.com/mautic/mautic/issues/new?";
const FIRST_SUSPECTS = 6; // that are seen at once
const FORUM = "https://forum.mautic.org/";

/** @param {string} text */
const heading = (text) => element("h2", { textContent: text });

/** @param {(Node | string)[]} items */
const list = (items) => element("ul", {}, ...items.map((item) => element("li", {}, item)));

/**
 * Return the elements that show an answer, the verdict first.
 * @param {Answer} answer
 * @param {Form} form
 */
export async function shown(answer, form) {
  const { diagnosis, verdict, cards, suspects, links, said, report, issue } = answer;
  const isFound = verdict.kind === "causes";
  const { sections, way: stations } = await guide();
  const items = cards.map((one) => card(one, sections[one.cause], form));
  const found = items.length ? [element("ol", { className: "causes" }, ...items)] : [];
  const causes = cards.filter(({ healthy }) => !healthy).map(({ cause }) => cause);
  const asked = question(diagnosis.questions, form);
  return [
    heading(line(answer, form)),
    ...wrongPaste(verdict),
    ...states(diagnosis.healthy, verdict.missing),
    ...way(causes, stations),
    ...(verdict.of === "answers" ? [...asked, ...found] : [...found, ...asked]),
    ...toLookAt(suspects, found.length ? ui.otherSuspects : "", sections),
    ...failures(diagnosis, issue),
    ...known(diagnosis.context),
    ...notes(diagnosis.context),
    ...traffic(diagnosis.context.requests),
    ...ownErrors(diagnosis.context.errors),
    ...(isFound ? [] : next(answer)),
    ...linkList(links),
    ...(verdict.missing ? [] : good(diagnosis.healthy)),
    ...(said.kind ? folded(ui.said, [saidTable(said)]) : []),
    ...folded(ui.report, [reportBox(report, issue)]),
  ];
}

/**
 * The causes to look at, the most common first.
 * @param {string[]} causes
 * @param {string} title where there are others above
 * @param {Record<string, import("./guide.js").Section>} sections
 */
function toLookAt(causes, title, sections) {
  if (!causes.length) return [];
  const items = causes.map((cause) => suspect(cause, sections[cause]));
  const [first, rest] = [items.slice(0, FIRST_SUSPECTS), items.slice(FIRST_SUSPECTS)];
  const ol = (/** @type {HTMLElement[]} */ some) =>
    element("ol", { className: "suspects" }, ...some);
  return [
    ...(title ? [element("h3", { textContent: title })] : []),
    ol(first),
    ...folded(count(ui.moreSuspects, rest.length), rest.length ? [ol(rest)] : []),
  ];
}

/**
 * Return the elements that show causes of which nothing was examined here.
 * @param {string[]} causes
 */
export async function shared(causes) {
  const { sections, way: stations } = await guide();
  const items = causes.map((cause) => named(cause, sections[cause]));
  const list = element("ol", { className: "causes" }, ...items);
  return [heading(ui.shared), ...way(causes, stations), list];
}

/**
 * The diagnosis in one line.
 * @param {Answer} answer
 * @param {Form} form
 */
function line({ verdict: { kind, of, counts, missing, depends }, suspects }, form) {
  if (kind === "causes") {
    const each = Object.entries(counts).filter(([, number]) => number);
    const text = listed(each.map(([name, number]) => count(ui.verdict[name], number)));
    const verdict = text.charAt(0).toLocaleUpperCase() + text.slice(1);
    return depends ? filled(ui.depends, { verdict, question: form.labelOf(depends) }) : verdict;
  }
  if (Object.hasOwn(ui.wrong, kind)) return ui.wrong[kind];
  if (missing) {
    const names = listed(missing.map((name) => ui.healthy[name]));
    return filled(ui.verdictIncomplete, { of: ui.of[of] ?? ui.of.several, missing: names });
  }
  if (suspects.length && kind !== "healthy") return count(ui.suspects, suspects.length);
  const words = kind === "healthy" ? ui.verdictHealthy : ui.verdictNothing;
  return words.replace("{of}", ui.of[of] ?? ui.of.several);
}

/** @param {Verdict} verdict */
function wrongPaste({ kind }) {
  return Object.hasOwn(ui.wrong, kind) ? [element("p", {}, howToGet(kind))] : [];
}

/**
 * The checks that failed, an error of ours, and where to report it.
 * @param {Diagnosis} diagnosis
 * @param {string} issue
 */
function failures({ failed = [] }, issue) {
  if (!failed.length) return [];
  const names = failed.map(({ cause, error }) => `${cause} (${error})`);
  const link = outside(`${ui.project}/issues/new?${issue}`, ui.openIssue, "run-button");
  return [element("h3", { textContent: ui.checkFailed }), list(names), element("p", {}, link)];
}

/**
 * Return the sentence of something that can't be diagnosed.
 * @param {{ error: string, id?: string, values?: Record<string, string> }} answer
 */
export function sentence({ error, id = "", values = {} }) {
  const name = ui.sources[values.name] ?? values.name;
  return ui.problems[id] ? filled(ui.problems[id], { ...values, name }) : error;
}

/**
 * What was cut, and in what there is nothing of Mautic.
 * @param {Context} context
 */
function notes({ cut = [], unrecognised = [], wanted = "" }) {
  const found = [];
  if (cut.length) found.push(filled(ui.cut, { names: cut.join(", ") }));
  if (unrecognised.length) found.push(filled(ui.unrecognised, { names: unrecognised.join(", ") }));
  if (wanted) found.push(ui.wanted[wanted]);
  return found.map((text) => element("p", { textContent: text }));
}

/**
 * How it is known what the named release does, where nobody ran it.
 * @param {Context} context
 */
function known({ release = "", "release-evidence": evidence = "" }) {
  const text = ui.known[evidence]?.replace("{release}", release);
  return text ? [element("p", { textContent: text })] : [];
}

/**
 * Where no cause was found: what was recognised, what is missing, where to go on.
 * @param {Answer} answer
 */
function next({ diagnosis: { context }, report, issue }) {
  const seen = recognised(context);
  const sentence = seen.length ? [`${ui.recognised} ${listed(seen)}.`] : [];
  const people = element("p", {}, `${ui.others} `, outside(FORUM, ui.forum), ".");
  return [
    ...sentence.map((text) => element("p", { textContent: text })),
    people,
    element(
      "p",
      {},
      outside(MAUTIC + issue, ui.openIssue, "run-button"),
      " ",
      copyButton(report, ui.copyReport),
    ),
    element("p", { className: "small", textContent: ui.nothingSent }),
  ];
}

/**
 * What of the evidence was recognised, in words.
 * @param {Context} context
 */
function recognised({ sources = [], ...context }) {
  const kinds = [...new Set(sources)].map((kind) => ui.kinds[kind] ?? kind);
  const numbers = Object.entries(ui.counted).map(([name, words]) => {
    const number = Number(/** @type {Record<string, unknown>} */ (context)[name] ?? 0);
    return number ? count(words, number) : "";
  });
  return [...kinds, ...numbers.filter(Boolean)];
}

/**
 * A link to another site, opened beside this page.
 * @param {string} href
 * @param {string} text
 * @param {string} className
 */
function outside(href, text, className = "") {
  const rel = "noopener noreferrer";
  return element("a", { href, className, target: "_blank", rel, textContent: text });
}

/**
 * Where something is missing: what can be seen of the message, each with its state.
 * @param {string[]} healthy
 * @param {string[]} [missing]
 */
function states(healthy, missing) {
  if (!missing) return [];
  const there = healthy.map((name) => `✓ ${ui.healthy[name]}`);
  const absent = missing.map((name) => `✗ ${filled(ui.absent, { what: ui.healthy[name] })}`);
  return [list([...absent, ...there])];
}

/** @param {string[]} healthy */
function good(healthy) {
  return healthy.length
    ? folded(ui.healthyTitle, [list(healthy.map((id) => ui.healthy[id] ?? id))])
    : [];
}

/**
 * How many links are tracked; those that are not, with the reason; the others folded.
 * @param {Links} links
 */
function linkList({ all, tracked, untracked, followed }) {
  if (!all) return [];
  const title = count(ui.trackedOf, tracked).replace("{all}", String(all));
  return [
    element("h3", { textContent: title }),
    ...(untracked.length ? [element("ul", { className: "links" }, ...untracked.map(item))] : []),
    ...folded(
      ui.followed,
      followed.length ? [element("ul", { className: "links" }, ...followed.map(item))] : [],
    ),
  ];
}

/** @param {Link} link */
function item({ line, pieces, reason }) {
  const isCause = Object.hasOwn(ui.guide, reason) && !Object.hasOwn(ui.reasons, reason);
  const href = isCause ? addressOf(reason).href : `${ui.base}emails/links.html#${reason}`;
  const words = ui.reasons[reason] ?? ui.titles[reason] ?? reason;
  const why = reason ? element("a", { href, textContent: words }) : ui.noReason;
  const where = ui.line.replace("{line}", String(line));
  return element("li", {}, code(pieces), element("small", {}, why, ` · ${where}`));
}

/**
 * What one link says: its wrappers, its address, and each field of its `ct`.
 * @param {Said} said
 */
function saidTable({ ct, ...said }) {
  const known = Object.entries(said).map(([name, value]) =>
    saidRow(ui.saidNames[name] ?? name, ui.saidWords[String(value)] ?? readable(name, value)),
  );
  const fields = Object.entries(ct ?? {}).map(([name, value]) =>
    saidRow(element("code", {}, `ct: ${name}`), readable(name, value)),
  );
  return element("table", {}, element("tbody", {}, ...known, ...fields));
}

/**
 * @param {Node | string} name
 * @param {string} value
 */
function saidRow(name, value) {
  const head = element("th", { scope: "row" }, name);
  return element("tr", {}, head, element("td", {}, element("code", {}, value)));
}

/**
 * A value of a `ct` as text; the time of sending (Unix, seconds) as a date (UTC).
 * @param {string} name
 * @param {unknown} value
 * @returns {string}
 */
function readable(name, value) {
  if (name === "sent_time") return date(Number(value));
  if (value === null) return "—";
  if (typeof value !== "object") return String(value);
  return Array.isArray(value) ? value.join(" ") : Object.entries(value).flat().join(" ");
}

/** @param {number} seconds */
function date(seconds) {
  return new Date(seconds * 1000).toLocaleString(document.documentElement.lang, {
    timeZone: "UTC",
    timeZoneName: "short",
  });
}

/**
 * @param {string} text
 * @param {string} issue
 */
function reportBox(text, issue) {
  const box = element("textarea", { readOnly: true, rows: 12, value: text, className: "run-code" });
  box.setAttribute("aria-label", ui.report);
  const open = outside(MAUTIC + issue, ui.openIssue, "run-button");
  return element("div", {}, box, element("p", {}, copyButton(text, ui.copyReport), " ", open));
}
