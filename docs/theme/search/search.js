// Search: Pagefind, loaded when the box is first opened. A result is a section of the guide.
const box = document.getElementById("search-box");
const opener = document.getElementById("search-open");
const query = box.querySelector("input");
const status = box.querySelector("[role=status]");
const list = box.querySelector("ol");
const root = new URL("../../", import.meta.url).href;
const MOST = 12;
const PAUSE = 150; // ms without a key before the index is asked
let engine = null;
let timer = null;

opener.hidden = false;
opener.addEventListener("click", open);
query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, PAUSE); });
box.querySelector("form").addEventListener("submit", goToFirst);
box.querySelector("button").addEventListener("click", () => box.close());
box.addEventListener("click", ({ target }) => { if (target === box || target.closest("a")) box.close(); });
addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, textarea, select, [contenteditable]");
  if ((event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    open();
  }
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [query, ...list.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) { event.preventDefault(); next.focus(); }
});

async function open() {
  if (!box.open) box.showModal();
  query.select();
  try {
    engine ??= await load();
  } catch {
    status.textContent = box.dataset.failed;
  }
}

async function load() {
  const pagefind = await import(`${root}pagefind/pagefind.js`);
  await pagefind.init();
  return pagefind;
}

async function show() {
  const text = query.value.trim();
  if (!engine || !text) return list.replaceChildren();
  const found = await matching(text);
  const shown = await Promise.all(found.slice(0, MOST).map((result) => result.data()));
  if (text !== query.value.trim()) return undefined;
  status.textContent = (shown.length ? box.dataset.some : box.dataset.none).replace("{count}", found.length);
  return list.replaceChildren(...shown.map(entry));
}

/** The sections with all words; if there is none, those with the most of them. */
async function matching(text) {
  const { results } = await engine.search(text);
  if (results.length) return results;
  const hits = new Map();
  for (const word of text.split(/\s+/)) {
    for (const result of (await engine.search(word)).results) {
      const { words = 0, score = 0 } = hits.get(result.id) ?? {};
      hits.set(result.id, { result, words: words + 1, score: score + result.score });
    }
  }
  return [...hits.values()].sort((a, b) => b.words - a.words || b.score - a.score).map(({ result }) => result);
}

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

/** An excerpt is HTML with `<mark>`: its texts are taken over, nothing else. */
function marked(excerpt) {
  const { body } = new DOMParser().parseFromString(excerpt, "text/html");
  return [...body.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return node.textContent;
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}

function goToFirst(event) {
  event.preventDefault();
  list.querySelector("a")?.click();
}
