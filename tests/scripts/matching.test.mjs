import assert from "node:assert/strict";
import { test } from "node:test";
import { matching } from "../../docs/theme/matching.js";

/**
 * A search engine that knows which sections hold a word, and with what score.
 * @param {Record<string, Record<string, number>>} index
 */
function engine(index) {
  return {
    async search(/** @type {string} */ text) {
      const found = Object.entries(index[text] ?? {});
      return { results: found.map(([id, score]) => ({ id, score, data: assert.fail })) };
    },
  };
}

/**
 * @param {Record<string, Record<string, number>>} index
 * @param {string} text
 */
async function ids(index, text) {
  return (await matching(engine(index), text)).map(({ id }) => id);
}

test("sections with all words come in the order of the engine", async () => {
  assert.deepEqual(await ids({ "a b": { two: 1, one: 9 }, a: { three: 5 } }, "a b"), [
    "two",
    "one",
  ]);
});

test("where no section has all words, those with most of them come first", async () => {
  const index = { a: { x: 9, y: 1 }, b: { y: 1 }, c: { z: 99 } };
  assert.deepEqual(await ids(index, "a b c"), ["y", "z", "x"]);
});

test("a word typed twice counts once", async () => {
  assert.deepEqual(await ids({ a: { x: 1 }, b: { y: 2 } }, "a a b"), ["y", "x"]);
});

test("nothing is found where no word is known", async () => {
  assert.deepEqual(await ids({}, "a  b"), []);
});
