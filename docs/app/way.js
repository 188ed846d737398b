// The way of an open and a click in small: where on it the causes of a result stand.
import { words } from "./guide.js";
import { element, ui } from "./ui.js";

/** @import { Station } from "./guide.js" */

/**
 * Nothing where no cause stands on the way, as those of unsubscribing.
 * @param {string[]} causes each with a card on this page
 * @param {Station[]} way
 */
export function way(causes, way) {
  const stations = way.map((station) => stop(station, causes));
  const last = stations.findLast(({ className }) => className);
  if (!last) return [];
  const href = `${ui.base}emails/troubleshooting.html#way`;
  last.lastElementChild?.append(" · ", element("a", { href, textContent: ui.wholeWay }));
  const list = element("ol", { className: "short-way" }, ...stations);
  list.setAttribute("aria-label", ui.way);
  return [list];
}

/**
 * A station, and the causes that stand there.
 * @param {Station} station
 * @param {string[]} causes
 */
function stop({ name, causes: labels }, causes) {
  const hits = Object.entries(labels).filter(([id]) => causes.includes(id));
  const links = hits.flatMap(([id, label]) => [" ", linkTo(id, words(label))]);
  const item = element("div", {}, words(name), ...links);
  return element("li", { className: links.length ? "hit" : "" }, item);
}

/**
 * A link to a card; the address of the page goes on naming the causes.
 * @param {string} cause
 * @param {string} label
 */
function linkTo(cause, label) {
  const link = element("a", { href: `#finding-${cause}`, textContent: label });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const heading = document.querySelector(`#finding-${cause} h3`);
    heading?.scrollIntoView({ block: "start" });
    if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  });
  return link;
}
