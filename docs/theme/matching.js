// Which sections answer what was typed: no element of a page is touched here.

/**
 * A section that Pagefind found; `data` loads what is shown of it.
 * @typedef {{ meta: { url: string, title: string, page: string }, excerpt: string }} Section
 * @typedef {{ id: string, score: number, data: () => Promise<Section> }} Hit
 * @typedef {{ search: (text: string) => Promise<{ results: Hit[] }> }} Engine
 */

/**
 * Return the sections with all words; if there is none, those with the most of them.
 * @param {Engine} engine
 * @param {string} text
 * @returns {Promise<Hit[]>}
 */
export async function matching(engine, text) {
  const { results } = await engine.search(text);
  return results.length ? results : withMostWords(engine, text.split(/\s+/));
}

/**
 * @param {Engine} engine
 * @param {string[]} typed
 */
async function withMostWords(engine, typed) {
  /** @type {Map<string, { hit: Hit, words: number, score: number }>} */
  const hits = new Map();
  for (const word of new Set(typed)) {
    for (const hit of (await engine.search(word)).results) {
      const { words = 0, score = 0 } = hits.get(hit.id) ?? {};
      hits.set(hit.id, { hit, words: words + 1, score: score + hit.score });
    }
  }
  const best = [...hits.values()].sort((a, b) => b.words - a.words || b.score - a.score);
  return best.map(({ hit }) => hit);
}
