// Python in a worker of its own: loaded on first use, asked by messages, stopped by its end.
import { loadPyodide } from "./pyodide.mjs";

/** @typedef {{ id: number, call: string, args: unknown[] }} Question */

const here = new URL("./", import.meta.url).href;
const PIECE = 1 << 20; // bytes of a file that are in memory at a time
const python = start();

python.catch(() => self.postMessage({ failed: true }));
self.onmessage = async (/** @type {MessageEvent<Question>} */ { data: { id, call, args } }) => {
  try {
    const { pyodide, runner } = await python;
    const answer = runner[call](...args.map((value) => pyodide.toPy(readable(value))));
    self.postMessage({ id, result: JSON.parse(answer) });
  } catch (problem) {
    self.postMessage({ id, problem: String(problem) });
  }
};

/**
 * What Python is given: instead of a file its pieces, whether alone or in lists.
 * @param {unknown} value
 * @returns {unknown}
 */
function readable(value) {
  if (value instanceof File) return pieces(value);
  return Array.isArray(value) ? value.map(readable) : value;
}

/**
 * The pieces of a file, read when Python asks for the next: a log may be larger than the memory.
 * @param {File} file
 */
function* pieces(file) {
  const reader = new FileReaderSync();
  for (let at = 0; at < file.size; at += PIECE) {
    self.postMessage({ read: at / file.size });
    yield new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + PIECE)));
  }
}

async function start() {
  const request = self.fetch;
  self.fetch = counted(request);
  const pyodide = await loadPyodide({
    indexURL: here,
    lockFileURL: `${here}lock.json`,
    stdLibURL: `${here}stdlib.bin`,
  });
  const [app, runner] = await Promise.all(["app.bin", "runner.py"].map(download));
  pyodide.unpackArchive(app, "zip", { extractDir: "/app" });
  pyodide.FS.writeFile("/app/runner.py", new Uint8Array(runner));
  pyodide.runPython("import sys; sys.path.insert(0, '/app')");
  const started = { pyodide, runner: pyodide.pyimport("runner") };
  self.fetch = request;
  self.postMessage({ ready: true });
  return started;
}

/** @param {string} name */
async function download(name) {
  const response = await fetch(here + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.arrayBuffer();
}

/**
 * Count every byte that arrives, whoever asked for it, and decompress what the build compressed:
 * Pyodide has no progress of its own, and waits for ever for a file that it can't get.
 * @param {typeof fetch} request
 * @returns {typeof fetch}
 */
function counted(request) {
  let received = 0;
  return async (...args) => {
    const response = await request(...args).catch(() => Response.error());
    if (!response.ok) self.postMessage({ failed: true });
    if (!response.body) return response;
    const counter = new TransformStream({
      transform(chunk, controller) {
        received += chunk.byteLength;
        self.postMessage({ received });
        controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    const arrived = response.body.pipeThrough(counter);
    const isPacked = response.url.endsWith(".bin");
    const body = isPacked ? arrived.pipeThrough(new DecompressionStream("gzip")) : arrived;
    return new Response(body, { status, statusText, headers });
  };
}
