// A section of the guide, taken from its own page: the text is not written twice.
import { element, ui } from "./ui.js";

/**
 * Return the section at `emails/troubleshooting.html#site-url-host` of this language's guide.
 * @param {string} address
 */
export async function section(address) {
  const page = new URL(ui.base + address, location.href);
  const shown = element("details", { open: true, className: "diagnose-section" });
  const response = await fetch(page.pathname);
  const found = new DOMParser()
    .parseFromString(await response.text(), "text/html")
    .getElementById(page.hash.slice(1));
  const title = found ? titleOf(found) : page.hash.slice(1);
  shown.append(element("summary", { textContent: title }));
  if (found) shown.append(...content(found).map((node) => adopt(node, page)));
  shown.append(element("p", {}, element("a", { href: page.href, textContent: ui.inGuide })));
  return shown;
}

/**
 * The text of a heading, without its permanent link.
 * @param {Element} heading
 */
export function titleOf(heading) {
  const copy = /** @type {Element} */ (heading.cloneNode(true));
  for (const link of copy.querySelectorAll(".headerlink")) link.remove();
  return (copy.textContent ?? "").trim();
}

/**
 * The elements behind a heading, up to the next heading that is not below it.
 * @param {Element} heading
 */
export function content(heading) {
  const nodes = [];
  for (let node = heading.nextElementSibling; node; node = node.nextElementSibling) {
    if (/^H[1-6]$/.test(node.tagName) && node.tagName <= heading.tagName) break;
    if (!node.matches(".footnote")) nodes.push(node);
  }
  return nodes;
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
  for (const link of copy.querySelectorAll(".headerlink")) link.remove();
  return copy;
}
