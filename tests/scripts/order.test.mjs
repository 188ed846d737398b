import assert from "node:assert/strict";
import { test } from "node:test";
import { runUpTo } from "../../docs/app/order.js";

/**
 * Blocks that note how they ran; those named in `failing` end with an error.
 * @param {string[]} names
 * @param {string[]} failing
 */
function page(names, failing = []) {
  /** @type {string[]} */
  const ran = [];
  const blocks = names.map((name) => ({
    hasRun: false,
    async run(/** @type {boolean} */ isShown) {
      ran.push(isShown ? `${name} shown` : name);
      this.hasRun = !failing.includes(name);
      return this.hasRun;
    },
  }));
  return { blocks, ran };
}

test("the blocks above run first, in order, and only the one asked for is shown", async () => {
  const { blocks, ran } = page(["a", "b", "c", "d"]);
  await runUpTo(blocks, blocks[2]);
  assert.deepEqual(ran, ["a", "b", "c shown"]);
});

test("what has run already does not run again, but for the one asked for", async () => {
  const { blocks, ran } = page(["a", "b"]);
  await runUpTo(blocks, blocks[1]);
  await runUpTo(blocks, blocks[1]);
  assert.deepEqual(ran, ["a", "b shown", "b shown"]);
});

test("a changed block above runs again", async () => {
  const { blocks, ran } = page(["a", "b"]);
  await runUpTo(blocks, blocks[1]);
  blocks[0].hasRun = false;
  await runUpTo(blocks, blocks[1]);
  assert.deepEqual(ran, ["a", "b shown", "a", "b shown"]);
});

test("behind an error above, only the one asked for still runs", async () => {
  const { blocks, ran } = page(["a", "b", "c"], ["a"]);
  await runUpTo(blocks, blocks[2]);
  assert.deepEqual(ran, ["a", "c shown"]);
});
