// What the page's scripts share: the words of the page's language, and small DOM helpers.

/** The words, put into the page by the build from the front matter of `diagnose.md`. */
export const ui = JSON.parse(document.getElementById("ui").textContent);

/** Make an element; text is only ever set as text, never as HTML. */
export function element(name, properties = {}, ...children) {
  const { role, ...own } = properties;
  const made = Object.assign(document.createElement(name), own);
  if (role) made.setAttribute("role", role);
  made.append(...children);
  return made;
}

/** Return a function that shows in `place` how much of Python has arrived. */
export function loading(place) {
  const bar = element("progress", { max: ui.bytes, value: 0 });
  bar.setAttribute("aria-label", ui.loading);
  return (received) => {
    if (!bar.isConnected) place.replaceChildren(ui.loading, " ", bar);
    bar.value = Math.min(received, ui.bytes);
  };
}

/** Say in words why Python did not answer. */
export function explain(problem) {
  if (problem.message === "stopped") return ui.stopped;
  if (problem.message === "load") return ui.failed;
  return `${ui.error} ${problem.message}`;
}
