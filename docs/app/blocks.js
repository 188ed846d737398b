// Each example of a page can be edited and run, in the order of the page, as in the tests.
// A section of a module only defines something: the packed module has it already.
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
    this.code = one("code", HTMLElement, box);
    this.original = [...this.code.childNodes].map((node) => node.cloneNode(true));
    this.module = moduleOf(box);
    this.checked = outputBehind(box);
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
    this.code.addEventListener("input", () => {
      this.hasRun = false;
    });
    this.code.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.start();
    });
    this.output.setAttribute("aria-live", "polite");
    if (!this.checked) return; // it only prepares what the examples below show
    this.checked.after(this.output);
    box.after(element("div", { className: "run" }, this.go, this.halt, this.undo, this.state));
  }

  /** Run this block, after those above it; what is going on is said here. */
  async start() {
    clicked = this;
    this.busy(true);
    await runUpTo(blocks, this);
    this.busy(false);
    for (const each of blocks) {
      each.go.textContent = isStarted() ? ui.run : ui.first;
      if (!isStarted()) each.hasRun = false;
    }
  }

  /** @param {boolean} isShown */
  async run(isShown) {
    if (isShown) this.edit();
    try {
      const args = [this.code.textContent, this.module];
      const { output, error } = await ask("run", args, loading(clicked.state));
      this.hasRun = error === null;
      if (isShown || error) (this.checked ? this : clicked).show(output, error);
      return this.hasRun;
    } catch (problem) {
      clicked.state.textContent = explain(problem);
      return false;
    }
  }

  /** The code becomes a field, with its colours. */
  edit() {
    this.code.contentEditable = "plaintext-only";
    this.code.classList.add("run-edited");
    this.code.spellcheck = false;
    this.code.tabIndex = 0;
    this.code.setAttribute("role", "textbox");
    this.code.setAttribute("aria-multiline", "true");
    this.code.setAttribute("aria-label", ui.code);
    this.undo.hidden = false;
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
    this.code.replaceChildren(...this.original.map((node) => node.cloneNode(true)));
    this.code.contentEditable = "false";
    this.code.classList.remove("run-edited");
    for (const name of ["role", "aria-multiline", "aria-label"]) this.code.removeAttribute(name);
    this.undo.hidden = true;
    this.output.hidden = true;
    if (this.checked) this.checked.hidden = false;
    // A block may have changed a rule: the rules are loaded anew before the next run.
    for (const each of blocks) each.hasRun = false;
    if (isStarted()) ask("reset", []);
    this.go.focus();
  }
}

const blocks = all(".md-content div.highlight", HTMLElement)
  .filter((box) => /\blanguage-(python|pycon)\b/.test(box.className))
  .filter((box) => !moduleOf(box) || outputBehind(box))
  .map((box) => new Block(box));
/** The block that was asked for: whatever is to be said of a run is said there. */
let clicked = blocks[0];

/**
 * The box right behind that holds the output which the tests checked, if there is one.
 * @param {HTMLElement} box
 */
function outputBehind(box) {
  const next = box.nextElementSibling;
  return next instanceof HTMLElement && next.matches(".output.highlight") ? next : null;
}

/**
 * `snippets/links.py` above a block → `snippets.links`; nothing for an example of the page's own.
 * @param {HTMLElement} box
 */
function moduleOf(box) {
  const file = box.querySelector(".filename")?.textContent ?? "";
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
