// Every Python block of a page can be edited and run, in the order of the page, as in the tests.
import { ask, isStarted, stop } from "./python.js";
import { element, explain, loading, ui } from "./ui.js";

const blocks = [...document.querySelectorAll(".md-content div.highlight")]
  .filter((box) => /\blanguage-(python|pycon)\b/.test(box.className))
  .map((box) => new Block(box));

function Block(box) {
  const pre = box.querySelector("pre");
  const code = pre.querySelector("code");
  const original = code.textContent;
  const file = box.querySelector(".filename")?.textContent ?? "";
  const checked = outputBehind(box);
  const editor = element("textarea", { className: "run-code", hidden: true, spellcheck: false });
  const output = element("output", { className: "run-output", hidden: true });
  const state = element("span", { className: "run-state", role: "status" });
  const button = (label, action, hidden) =>
    element("button", { type: "button", className: "run-button", textContent: label, onclick: action, hidden });
  const go = button(ui.first, () => runUpTo(this), false);
  const halt = button(ui.stop, () => stop(), true);
  const undo = button(ui.reset, () => reset(), true);
  const block = this;

  editor.value = original;
  editor.setAttribute("aria-label", ui.code);
  editor.addEventListener("input", () => { fit(); block.hasRun = false; });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) runUpTo(block);
  });
  output.setAttribute("aria-live", "polite");
  pre.after(editor);
  (checked ?? box).after(output);
  box.after(element("div", { className: "run" }, go, halt, undo, state));

  this.hasRun = false;
  this.label = () => { go.textContent = isStarted() ? ui.run : ui.first; };

  this.run = async (shown) => {
    if (shown) edit();
    busy(true);
    try {
      const result = await ask("run", [editor.value, moduleOf(file)], loading(state));
      block.hasRun = result.error === null;
      if (shown || result.error) show(result);
      return block.hasRun;
    } catch (problem) {
      state.textContent = explain(problem);
      return false;
    } finally {
      busy(false);
    }
  };

  function edit() {
    pre.hidden = true;
    editor.hidden = false;
    undo.hidden = false;
    fit();
  }

  function fit() {
    editor.rows = editor.value.split("\n").length;
  }

  function busy(yes) {
    go.disabled = yes;
    halt.hidden = !yes;
    if (yes) output.hidden = true;
    if (yes) state.textContent = ui.running;
    else if (state.textContent === ui.running || state.querySelector("progress")) state.textContent = "";
  }

  function show({ output: text, error }) {
    if (checked) checked.hidden = true;
    output.hidden = false;
    output.textContent = text;
    output.classList.toggle("run-failed", error !== null);
    if (error) output.append(sentence(error));
    else if (!text) output.textContent = ui.silent;
  }

  function reset() {
    editor.value = original;
    editor.hidden = true;
    pre.hidden = false;
    undo.hidden = true;
    output.hidden = true;
    if (checked) checked.hidden = false;
    block.hasRun = false;
    // A section of a rule may have been changed: the rules are loaded anew before the next run.
    for (const other of blocks) other.hasRun = false;
    if (isStarted()) ask("reset", []);
    go.focus();
  }
}

/** Run the blocks above that have not run yet, then this one. */
async function runUpTo(block) {
  for (const above of blocks.slice(0, blocks.indexOf(block))) {
    if (!above.hasRun && !(await above.run(false))) break;
  }
  await block.run(true);
  for (const each of blocks) {
    each.label();
    if (!isStarted()) each.hasRun = false;
  }
}

/** The box right behind that holds the output which the tests checked, if there is one. */
function outputBehind(box) {
  const next = box.nextElementSibling;
  return next?.matches(".output.highlight, .highlight.output") ? next : null;
}

/** `snippets/links.py` → `snippets.links`; nothing for an example of the page's own. */
function moduleOf(file) {
  return file.endsWith(".py") ? file.slice(0, -3).replaceAll("/", ".") : "";
}

function sentence({ type, message, line }) {
  const where = line ? ui.errorAt.replace("{line}", line) : ui.error;
  return element("strong", { className: "run-error", textContent: `${where} ${type}: ${message}` });
}
