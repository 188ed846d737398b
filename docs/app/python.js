// The page's side of the worker: one Python per page, started when first asked, kept warm.

/**
 * What waits for an answer of the worker.
 * @typedef {object} Call
 * @property {(result: any) => void} resolve
 * @property {(problem: Error) => void} reject
 * @property {((progress: Progress) => void) | undefined} onProgress
 *
 * How far the worker is: bytes of Python received, or the share of a file that was read.
 * @typedef {{ received?: number, read?: number }} Progress
 *
 * What the worker says: an answer, how far it is, or that it is ready or failed.
 * @typedef {object} Message
 * @property {number} [id]
 * @property {any} [result]
 * @property {string} [problem]
 * @property {number} [received]
 * @property {number} [read]
 * @property {boolean} [ready]
 * @property {boolean} [failed]
 */

const here = new URL("./", import.meta.url).href;
const PATIENCE = 30_000; // ms without a byte while loading, then the reader is told
/** @type {Worker | null} */
let worker = null;
/** @type {Map<number, Call>} */
let calls = new Map();
let lastId = 0;

/**
 * Ask Python; rejects with the message "stopped", "load" or what went wrong inside.
 * @param {"run" | "diagnose" | "compare" | "prepare" | "reset"} call
 * @param {unknown[]} args
 * @param {(progress: Progress) => void} [onProgress]
 * @returns {Promise<any>} what `runner.py` says it returns
 */
export function ask(call, args, onProgress) {
  worker ??= startWorker();
  const running = worker;
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    calls.set(id, { resolve, reject, onProgress });
    running.postMessage({ id, call, args });
  });
}

/** Load Python before it is asked, once a reader seems to need it; a failure is told when asked. */
export function prepare() {
  if (!worker) ask("prepare", []).catch(() => {});
}

/** Whether Python is there already: asking it loads nothing. */
export const isStarted = () => worker !== null;

/** End the worker: the only way to end an endless loop. All who wait are told why. */
export function stop(reason = "stopped") {
  worker?.terminate();
  worker = null;
  const waiting = [...calls.values()];
  calls = new Map();
  for (const { reject } of waiting) reject(new Error(reason));
}

function startWorker() {
  const started = new Worker(underThePolicy(`${here}worker.js`), { type: "module" });
  // One that was given up must not end the next one.
  const fail = () => worker === started && stop("load");
  let patience = setTimeout(fail, PATIENCE);
  started.onerror = fail;
  started.onmessage = (/** @type {MessageEvent<Message>} */ { data }) => {
    const { id, received, read, ready, failed } = data;
    if (failed) return fail();
    if (id) return answer(id, data);
    clearTimeout(patience);
    if (ready) return;
    if (read === undefined) patience = setTimeout(fail, PATIENCE);
    for (const { onProgress } of calls.values()) onProgress?.({ received, read });
  };
  return started;
}

/**
 * A worker loaded from an address takes its policy from the headers of that address, and a static
 * host sends none; one loaded from a blob inherits the policy of the page: it reaches no other site.
 * @param {string} address
 */
function underThePolicy(address) {
  const script = new Blob([`import "${address}";`], { type: "text/javascript" });
  return URL.createObjectURL(script);
}

/**
 * @param {number} id
 * @param {Message} message
 */
function answer(id, { result, problem }) {
  const call = calls.get(id);
  calls.delete(id);
  if (problem === undefined) call?.resolve(result);
  else call?.reject(new Error(problem));
}
