// What the guide says of each cause, from one file for the language: the text is not written twice.
import { ui } from "./ui.js";

/** @typedef {{ title: string, html: string }} Section a heading and what stands below it, as HTML */

/** @type {Promise<Record<string, Section>> | null} */
let asked = null;

/** Ask for the sections once; where they can't be had, there are none until somebody asks again. */
export async function sections() {
  asked ??= load();
  try {
    return await asked;
  } catch {
    asked = null;
    return {};
  }
}

async function load() {
  const response = await fetch(new URL(`./${ui.sections}`, import.meta.url));
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

/**
 * The address of the section of a cause, as seen from this page.
 * @param {string} cause
 */
export function addressOf(cause) {
  return new URL(ui.base + ui.guide[cause], location.href);
}

/**
 * What a section says to change, and what else stands there.
 * @param {string} cause
 * @param {Section} section
 */
export function parts(cause, section) {
  const page = new DOMParser().parseFromString(section.html, "text/html");
  const nodes = [...page.body.children].map((node) => adopt(node, addressOf(cause)));
  const change = nodes[0]?.querySelector(".change"); // the build marks it
  change?.remove();
  return { change: [...(change?.childNodes ?? [])], rest: nodes };
}

/**
 * The words of a heading that is HTML.
 * @param {string} html
 */
export function words(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}

/**
 * Copy an element into this page: no second ids, addresses as seen from here.
 * @param {Element} node
 * @param {URL} page
 */
export function adopt(node, page) {
  const copy = document.importNode(node, true);
  for (const inner of [copy, ...copy.querySelectorAll("*")]) {
    inner.removeAttribute("id");
    for (const name of ["href", "src"]) {
      const value = inner.getAttribute(name);
      if (value !== null) inner.setAttribute(name, new URL(value, page).href);
    }
  }
  return copy;
}
