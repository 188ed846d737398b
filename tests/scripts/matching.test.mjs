import assert from "node:assert/strict";
import { test } from "node:test";
import { matching } from "../../docs/theme/matching.js";

/**
 * A search engine over texts, that takes a word for the beginning of any other, as Pagefind does.
 * @param {Record<string, string>} sections texts by their address
 */
function engine(sections) {
  const begins = (/** @type {string} */ text, /** @type {string} */ word) =>
    text.split(" ").some((other) => other.startsWith(word.slice(0, 4)));
  return {
    async search(/** @type {string} */ text) {
      const found = Object.entries(sections).filter(([, content]) =>
        text.split(" ").every((word) => begins(content, word)),
      );
      const results = found.map(([url, content]) => ({
        id: url,
        score: 1,
        data: async () => ({ meta: { url, title: url, page: "" }, excerpt: "", content }),
      }));
      return { results };
    },
  };
}

/**
 * @param {Record<string, string>} sections
 * @param {string} text
 * @param {string} [ignored]
 */
async function urls(sections, text, ignored) {
  return (await matching(engine(sections), text, ignored)).map(({ meta }) => meta.url);
}

test("sections with all words come first", async () => {
  const sections = { x: "lost", y: "lost clicks", z: "clicks" };
  assert.deepEqual((await urls(sections, "lost clicks"))[0], "y");
});

test("a rare word counts more than one that many sections have", async () => {
  const sections = { a: "mail", b: "mail", c: "mail", d: "robots" };
  assert.deepEqual((await urls(sections, "mail robots"))[0], "d");
});

test("words that say nothing are left out, unless there are no others", async () => {
  const sections = { a: "the mail", b: "robots" };
  assert.deepEqual(await urls(sections, "the robots", "the of"), ["b"]);
  assert.deepEqual(await urls(sections, "the", "the of"), ["a"]);
});

test("another form of a word is it, another word with its beginning is not", async () => {
  const sections = { a: "firewall", b: "it fires", c: "fired" };
  assert.deepEqual(await urls(sections, "fire"), ["b", "c"]);
});

test("accents and capitals do not matter; signs are found as they are", async () => {
  const sections = { a: "Désinscription", b: "links with ct=abc" };
  assert.deepEqual(await urls(sections, "Désinscription"), ["a"]);
  assert.deepEqual(await urls(sections, "Désinscriptions"), ["a"]);
  assert.deepEqual(await urls(sections, "ct=a"), ["b"]);
});

test("nothing is found where no word is known", async () => {
  assert.deepEqual(await urls({ a: "mail" }, "zzz  qqq"), []);
});
