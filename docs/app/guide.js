// What the guide says of each cause, from one file for the language: the text is not written twice.
import { ui } from "./ui.js";

/**
 * What a result shows of the guide; words are still HTML.
 * @typedef {{ title: string, html: string }} Section a heading and what stands below it
 * @typedef {{ name: string, causes: Record<string, string> }} Station of the way of a click, with
 *   what it calls its causes
 * @typedef {{ sections: Record<string, Section>, way: Station[] }} Guide
 */

/** @type {Promise<Guide> | null} */
let asked = null;

/** Ask for the guide once; where it can't be had, it is empty until somebody asks again. */
export async function guide() {
  asked ??= load();
  try {
    return await asked;
  } catch {
    asked = null;
    return { sections: {}, way: [] };
  }
}

/** @returns {Promise<Guide>} */
async function load() {
  const response = await fetch(new URL(`./${ui.file}`, import.meta.url));
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
