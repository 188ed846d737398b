// What a diagnosis looks like. A message is hostile: it is only ever shown as text.
import { section } from "./guide.js";
import { element, ui } from "./ui.js";

/**
 * What `snippets.view` answers.
 * @typedef {{ source: string, line: number, column?: number, around?: [string, string],
 *   instead?: string }} Place what should stand there `instead`, if that is known
 * @typedef {{ cause: string, certainty: string, evidence: string[], guide: string }} Finding
 * @typedef {{ line: number, href: string, tracked: boolean, reason: string }} Link
 * @typedef {{ cause: string, error: string }} Failure
 * @typedef {object} Diagnosis
 * @property {Finding[]} findings
 * @property {string[]} healthy
 * @property {string[]} questions
 * @property {Record<string, string>} context
 * @property {Failure[]} [failed] checks that ended with an error of ours
 *
 * @typedef {{ kind?: string, ct?: Record<string, unknown>, [name: string]: unknown }} Said
 * @typedef {object} Answer
 * @property {Diagnosis} diagnosis
 * @property {Place[][]} places of each quote of each finding
 * @property {Link[]} links
 * @property {Said} said
 * @property {string} report
 *
 * What is known of the form: the words of a question, whether several files were given.
 * @typedef {{ labelOf: (key: string) => string, isOneOfSeveral: boolean }} Form
 */

const MOST_LINKS = 500;

/** @param {string} text */
export const heading = (text) => element("h2", { textContent: text });

/** @param {string[]} texts */
const list = (texts) =>
  element("ul", {}, ...texts.map((text) => element("li", { textContent: text })));

/**
 * Return the elements that show an answer, a heading first.
 * @param {Answer} answer
 * @param {Form} form
 */
export async function shown({ diagnosis, places, links, said, report }, form) {
  const { findings, healthy, questions, context, failed = [] } = diagnosis;
  /** @type {HTMLElement[]} */
  const parts = [heading(findings.length ? ui.causes : ui.nothing)];
  if (findings.length) {
    const items = findings.map((each, at) => finding(each, places[at], form));
    parts.push(element("ol", {}, ...(await Promise.all(items))));
  }
  if (failed.length) {
    const names = failed.map(({ cause, error }) => `${cause} (${error})`);
    parts.push(heading(ui.checkFailed), list(names));
  }
  const basis = ui.known[context["release-evidence"]];
  if (basis) {
    const text = basis.replace("{release}", context.release);
    parts.push(element("p", { textContent: text }));
  }
  if (questions.length) parts.push(heading(ui.ask), list(questions.map(form.labelOf)));
  if (healthy.length) {
    parts.push(heading(ui.healthyTitle), list(healthy.map((id) => ui.healthy[id] ?? id)));
  }
  if (said.kind) parts.push(heading(ui.said), saidTable(said));
  if (links.length) parts.push(heading(ui.links), linkTable(links));
  parts.push(heading(ui.report), reportBox(report));
  return parts;
}

/**
 * @param {Finding} finding
 * @param {Place[]} places
 * @param {Form} form
 */
async function finding({ cause, certainty, evidence, guide }, places, form) {
  const quotes = evidence.map((text, index) =>
    element(
      "figure",
      {},
      element("blockquote", {}, inSource(text, places[index].around)),
      element("figcaption", { textContent: position(places[index], form) }),
      ...instead(places[index]),
    ),
  );
  const sure = element("strong", {}, ui.certainty[certainty] ?? certainty);
  return element(
    "li",
    { id: `finding-${cause}` },
    element("p", {}, sure, ` — ${ui.evidence}`),
    ...quotes,
    await section(guide),
  );
}

/**
 * @param {Place} place
 */
function instead({ instead: text }) {
  return text ? [element("p", {}, "→ ", element("code", { dir: "ltr" }, text))] : [];
}

/**
 * Show evidence marked in the line of the decoded source where it stands; alone if it isn't there.
 * @param {string} text
 * @param {[string, string]} [around]
 */
function inSource(text, [before, after] = ["", ""]) {
  return element("code", { dir: "ltr" }, before, element("mark", { textContent: text }), after);
}

/**
 * Say where evidence stands: the source if there are several, line and column.
 * @param {Place} place
 * @param {Form} form
 */
function position({ source, line, column }, { isOneOfSeveral }) {
  if (!line) return "";
  const isNamed = isOneOfSeveral || source === "before";
  const name = isNamed ? `${ui.sources[source] ?? source}, ` : "";
  const words = column ? ui.column : ui.line;
  return name + words.replace("{line}", String(line)).replace("{column}", String(column));
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
  return scrolling(element("table", {}, element("tbody", {}, ...known, ...fields)));
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

/** @param {Link[]} links */
function linkTable(links) {
  const rows = links
    .slice(0, MOST_LINKS)
    .map(({ line, href, tracked, reason }) =>
      row("td", [
        String(line),
        element("code", { textContent: href }),
        tracked ? ui.yes : ui.no,
        reasonLink(reason),
      ]),
    );
  const head = element("thead", {}, row("th", ui.linkColumns));
  return scrolling(element("table", {}, head, element("tbody", {}, ...rows)));
}

/**
 * @param {"td" | "th"} kind
 * @param {(Node | string)[]} cells
 */
function row(kind, cells) {
  return element("tr", {}, ...cells.map((cell) => element(kind, {}, cell)));
}

/** @param {string} id */
function reasonLink(id) {
  const href = `${ui.base}emails/links.html#${id}`;
  return id ? element("a", { href, textContent: id }) : "—";
}

/**
 * A wide table scrolls in its own box, also by keyboard.
 * @param {HTMLTableElement} table
 */
function scrolling(table) {
  return element("div", { className: "md-typeset__scrollwrap", tabIndex: 0 }, table);
}

/** @param {string} text */
function reportBox(text) {
  const box = element("textarea", { readOnly: true, rows: 12, value: text, className: "run-code" });
  box.setAttribute("aria-label", ui.report);
  const copy = element("button", {
    type: "button",
    className: "run-button",
    textContent: ui.copy,
  });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = ui.copied;
  });
  return element("div", {}, box, copy);
}
