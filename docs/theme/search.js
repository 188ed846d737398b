// Search: Pagefind, loaded when the box is first opened. A result is a section of the guide.
import { all, one } from "./dom.js";

/** @import { Engine, Section } from "./matching.js" */
/** @typedef {(text: string) => Promise<Section[]>} Finding */

const box = one("#search-box", HTMLDialogElement);
const opener = one("#search-open", HTMLButtonElement);
const query = one("input", HTMLInputElement, box);
const status = one("[role=status]", HTMLElement, box);
const list = one("ol", HTMLOListElement, box);
const symptoms = one("ul", HTMLUListElement, box);
const root = new URL("../", import.meta.url).href;
const WRITTEN_INTO = "input, textarea, select, [contenteditable]";
const PAUSE = 150; // ms without a key before the index is asked
/** @type {Finding | null} */
let find = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

opener.hidden = false;
opener.addEventListener("click", open);
query.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, PAUSE);
});
one("form", HTMLFormElement, box).addEventListener("submit", goToFirst);
one("button", HTMLButtonElement, box).addEventListener("click", () => box.close());
box.addEventListener("click", ({ target }) => {
  if (target === box || (target instanceof Element && target.closest("a"))) box.close();
});
addEventListener("keydown", (event) => {
  const { key, target } = event;
  const isTyping = target instanceof Element && target.matches(WRITTEN_INTO);
  if ((key === "/" && !isTyping) || (key === "k" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    open();
  }
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [query, ...all("a", HTMLAnchorElement, list)];
  const here = /** @type {HTMLInputElement} */ (document.activeElement);
  const next = stops[stops.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

async function open() {
  if (!box.open) box.showModal();
  query.select();
  try {
    find ??= await load();
    await show(); // what was typed while the index was on its way
  } catch {
    status.textContent = box.dataset.failed ?? "";
  }
}

/** @returns {Promise<Finding>} */
async function load() {
  /** @type {[Engine & { init: () => Promise<void> }, typeof import("./matching.js")]} */
  const [engine, { matching }] = await Promise.all([
    import(`${root}pagefind/pagefind.js`),
    import("./matching.js"),
  ]);
  await engine.init();
  return (text) => matching(engine, text, box.dataset.ignored);
}

async function show() {
  const text = query.value.trim();
  if (!find || !text) {
    list.replaceChildren();
    symptoms.hidden = true;
    return;
  }
  const shown = await find(text);
  if (text !== query.value.trim()) return; // more was typed meanwhile
  status.textContent = (shown.length ? "" : box.dataset.none) ?? "";
  symptoms.hidden = shown.length > 0;
  list.replaceChildren(...shown.map(entry));
}

/** @param {Section} section */
function entry({ meta, excerpt }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const where = document.createElement("small");
  const text = document.createElement("p");
  link.href = root + meta.url;
  link.textContent = meta.title;
  if (meta.page !== meta.title) where.textContent = meta.page;
  text.append(...marked(excerpt));
  item.append(link, where, text);
  return item;
}

/**
 * An excerpt is HTML with `<mark>`: its texts are taken over, nothing else.
 * @param {string} excerpt
 */
function marked(excerpt) {
  const { body } = new DOMParser().parseFromString(excerpt, "text/html");
  return [...body.childNodes].map((node) => {
    const text = node.textContent ?? "";
    if (node.nodeName !== "MARK") return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

/** @param {SubmitEvent} event */
function goToFirst(event) {
  event.preventDefault();
  all("a", HTMLAnchorElement, list)[0]?.click();
}
