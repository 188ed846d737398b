// The blocks of a page run in its order, as in the tests: each builds on those above it.

/**
 * What can run; `run` tells whether it went without an error, and shows what it printed if asked.
 * @typedef {{ hasRun: boolean, run: (isShown: boolean) => Promise<boolean> }} Runnable
 */

/**
 * Run the blocks above that have not run yet, then this one; after an error above, this one alone
 * still runs, so that the reader sees both.
 * @param {Runnable[]} blocks
 * @param {Runnable} block
 */
export async function runUpTo(blocks, block) {
  for (const above of blocks.slice(0, blocks.indexOf(block))) {
    if (!above.hasRun && !(await above.run(false))) break;
  }
  await block.run(true);
}
