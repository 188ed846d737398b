// What the scripts use of Pyodide, which the build puts beside them.

interface Options {
  indexURL: string;
  lockFileURL?: string;
  stdLibURL?: string;
}

interface Pyodide {
  FS: {
    mkdirTree(folder: string): void;
    readFile(path: string): Uint8Array;
    writeFile(path: string, content: string | Uint8Array): void;
  };
  mountNodeFS(folder: string, from: string): void;
  pyimport(module: string): Record<string, (...args: unknown[]) => string>;
  runPython(code: string): unknown;
  toPy(value: unknown): unknown;
  unpackArchive(
    content: ArrayBuffer | Uint8Array,
    format: string,
    options: { extractDir: string },
  ): void;
}

export function loadPyodide(options: Options): Promise<Pyodide>;
