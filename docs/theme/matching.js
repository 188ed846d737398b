// Which sections answer what was typed: no element of a page is touched here.

/**
 * A section that Pagefind found; `data` loads what is shown of it, and its text.
 * @typedef {object} Section
 * @property {{ url: string, title: string, page: string }} meta
 * @property {string} excerpt
 * @property {string} content
 *
 * @typedef {{ id: string, score: number, data: () => Promise<Section> }} Hit
 * @typedef {{ search: (text: string) => Promise<{ results: Hit[] }> }} Engine
 * @typedef {{ id: string, section: Section }} Found
 */

const MOST = 12; // sections that anybody looks at
const ACCENTS = /\p{M}/gu;
const SHORTEST_STEM = 4; // letters that two forms of a word share at least
const LONGEST_END = 3; // letters that they may not share

/**
 * Return the sections with all words that say something, then those with the rarest of them. What
 * is called as was typed comes first.
 *
 * Pagefind takes a word for the beginning of any other (“fires” for “firewall”): only sections
 * where a form of the word itself stands are taken.
 * @param {Engine} engine
 * @param {string} text
 * @param {string} ignored words that say nothing: “the”, “of”
 * @returns {Promise<Section[]>}
 */
export async function matching(engine, text, ignored = "") {
  const typed = meant(text, ignored);
  const { results } = await engine.search(typed.join(" "));
  const whole = (await loaded(results)).filter(({ section }) => typed.every(isIn(section)));
  const some = whole.length < MOST ? await withRarestWords(engine, typed) : [];
  const called = whole.filter(({ section }) => isCalled(section.meta.title, typed, ignored));
  const named = called.filter(({ section }) => plain(section.meta.title) === plain(text));
  const found = new Map(
    [...named, ...called, ...whole, ...some].map(({ id, section }) => [id, section]),
  );
  return [...found.values()].slice(0, MOST);
}

/**
 * The words that were typed, those that say nothing left out if others are there.
 * @param {string} text
 * @param {string} ignored
 */
function meant(text, ignored) {
  const nothing = new Set(plain(ignored).split(/\s+/));
  const typed = text.split(/[\s'’«»„“”"?¿!¡,;()]+/).filter(Boolean);
  const telling = typed.filter((word) => !nothing.has(plain(word)));
  return [...new Set(telling.length ? telling : typed)];
}

/**
 * Whether a heading says what was typed, and no more than that.
 * @param {string} title
 * @param {string[]} typed
 * @param {string} ignored
 */
function isCalled(title, typed, ignored) {
  const said = meant(title, ignored);
  return (
    typed.every((word) => has(title, word)) && said.every((word) => has(typed.join(" "), word))
  );
}

/**
 * @param {Hit[]} hits
 * @returns {Promise<Found[]>}
 */
const loaded = (hits) =>
  Promise.all(hits.slice(0, MOST).map(async ({ id, data }) => ({ id, section: await data() })));

/**
 * Each word counts as much as few sections have it, twice where the heading has it.
 * @param {Engine} engine
 * @param {string[]} typed
 */
async function withRarestWords(engine, typed) {
  /** @type {Map<string, Found & { worth: number }>} */
  const found = new Map();
  for (const word of typed) {
    const { results } = await engine.search(word);
    const worth = 1 / Math.log2(2 + results.length);
    for (const { id, section } of await loaded(results)) {
      if (!isIn(section)(word)) continue;
      const inTitle = has(section.meta.title, word) ? 2 : 1;
      const before = found.get(id)?.worth ?? 0;
      found.set(id, { id, section, worth: before + worth * inTitle });
    }
  }
  return [...found.values()].sort((a, b) => b.worth - a.worth);
}

/** @param {Section} section */
const isIn =
  ({ meta, content }) =>
  (/** @type {string} */ word) =>
    has(`${meta.title} ${meta.page} ${content}`, word);

/**
 * Whether a form of a word stands in a text; what isn't a word alone, as `ct=`, anywhere.
 * @param {string} text
 * @param {string} word
 */
function has(text, word) {
  const [one, all] = [plain(word), plain(text)];
  if (!/^\p{L}+$/u.test(one)) return all.includes(one);
  return (all.match(/\p{L}+/gu) ?? []).some((other) => isForm(one, other));
}

/**
 * Whether two words are the same but for their ends: “click”, “clicks”, “clicked”.
 * @param {string} a
 * @param {string} b
 */
function isForm(a, b) {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  let same = 0;
  while (same < short.length && short[same] === long[same]) same++;
  if (same === short.length && long === `${short}s`) return true;
  return same >= SHORTEST_STEM && long.length - same <= LONGEST_END && short.length - same <= 2;
}

/** @param {string} text */
const plain = (text) => text.toLowerCase().normalize("NFD").replace(ACCENTS, "");
