// Every Python block of a page can be edited and run, in the order of the page, as in the tests.
import { all, one } from "../theme/dom.js";
import { runUpTo } from "./order.js";
import { ask, isStarted, stop } from "./python.js";
import { element, explain, loading, ui } from "./ui.js";

/** @typedef {{ type: string, message: string, line: number | null }} Problem */

class Block {
  /** Whether it ran without an error since it was last changed. */
  hasRun = false;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.pre = one("pre", HTMLPreElement, box);
    this.original = one("code", HTMLElement, this.pre).textContent;
    this.module = moduleOf(box.querySelector(".filename")?.textContent ?? "");
    this.checked = outputBehind(box);
    this.editor = element("textarea", { className: "run-code", hidden: true, spellcheck: false });
    this.output = element("output", { className: "run-output", hidden: true });
    this.state = element("span", { className: "run-state", role: "status" });
    this.go = this.button(ui.first, () => this.start());
    this.halt = this.button(ui.stop, () => stop());
    this.undo = this.button(ui.reset, () => this.reset());
    this.halt.hidden = this.undo.hidden = true;
    this.place(box);
  }

  /**
   * @param {string} label
   * @param {() => void} onclick
   */
  button(label, onclick) {
    const properties = { className: "run-button", textContent: label, onclick };
    return element("button", { type: "button", ...properties });
  }

  /** @param {HTMLElement} box */
  place(box) {
    this.editor.value = this.original;
    this.editor.setAttribute("aria-label", ui.code);
    this.editor.addEventListener("input", () => {
      this.fit();
      this.hasRun = false;
    });
    this.editor.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.start();
    });
    this.output.setAttribute("aria-live", "polite");
    this.pre.after(this.editor);
    (this.checked ?? box).after(this.output);
    box.after(element("div", { className: "run" }, this.go, this.halt, this.undo, this.state));
  }

  async start() {
    await runUpTo(blocks, this);
    for (const each of blocks) {
      each.go.textContent = isStarted() ? ui.run : ui.first;
      if (!isStarted()) each.hasRun = false;
    }
  }

  /** @param {boolean} isShown */
  async run(isShown) {
    if (isShown) this.edit();
    this.busy(true);
    try {
      const result = await ask("run", [this.editor.value, this.module], loading(this.state));
      this.hasRun = result.error === null;
      if (isShown || result.error) this.show(result.output, result.error);
      return this.hasRun;
    } catch (problem) {
      this.state.textContent = explain(problem);
      return false;
    } finally {
      this.busy(false);
    }
  }

  edit() {
    this.pre.hidden = true;
    this.editor.hidden = false;
    this.undo.hidden = false;
    this.fit();
  }

  fit() {
    this.editor.rows = this.editor.value.split("\n").length;
  }

  /** @param {boolean} yes */
  busy(yes) {
    this.go.disabled = yes;
    this.halt.hidden = !yes;
    if (yes) {
      this.output.hidden = true;
      this.state.textContent = ui.running;
    } else if (this.state.textContent === ui.running || this.state.querySelector("progress")) {
      this.state.textContent = "";
    }
  }

  /**
   * @param {string} text
   * @param {Problem | null} error
   */
  show(text, error) {
    if (this.checked) this.checked.hidden = true;
    this.output.hidden = false;
    this.output.textContent = text;
    this.output.classList.toggle("run-failed", error !== null);
    if (error) this.output.append(sentence(error));
    else if (!text) this.output.textContent = ui.silent;
  }

  reset() {
    this.editor.value = this.original;
    this.editor.hidden = true;
    this.pre.hidden = false;
    this.undo.hidden = true;
    this.output.hidden = true;
    if (this.checked) this.checked.hidden = false;
    // A section of a rule may have been changed: the rules are loaded anew before the next run.
    for (const each of blocks) each.hasRun = false;
    if (isStarted()) ask("reset", []);
    this.go.focus();
  }
}

const blocks = all(".md-content div.highlight", HTMLElement)
  .filter((box) => /\blanguage-(python|pycon)\b/.test(box.className))
  .map((box) => new Block(box));

/**
 * The box right behind that holds the output which the tests checked, if there is one.
 * @param {HTMLElement} box
 */
function outputBehind(box) {
  const next = box.nextElementSibling;
  return next instanceof HTMLElement && next.matches(".output.highlight") ? next : null;
}

/**
 * `snippets/links.py` → `snippets.links`; nothing for an example of the page's own.
 * @param {string} file
 */
function moduleOf(file) {
  return file.endsWith(".py") ? file.slice(0, -3).replaceAll("/", ".") : "";
}

/** @param {Problem} problem */
function sentence({ type, message, line }) {
  const where = line ? ui.errorAt.replace("{line}", String(line)) : ui.error;
  return element("strong", {
    className: "run-error",
    textContent: `${where} ${type}: ${message}`,
  });
}
