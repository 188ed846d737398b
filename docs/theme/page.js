// What every page needs of scripts; without them, all of it can be read.
import { all, one } from "./dom.js";

// The language switch stays on the section: its links get the fragment of the page.
function keepSection() {
  for (const link of all(".md-select__link[hreflang]", HTMLAnchorElement))
    link.hash = location.hash;
}
addEventListener("hashchange", keepSection);
keepSection();

// The colour scheme: the system's, light, dark; remembered, and set before the page is shown.
const button = one("#colour-scheme", HTMLButtonElement);
const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const schemes = ["system", "light", "dark"];
let scheme = remembered() ?? "system";

function remembered() {
  try {
    return localStorage.getItem("scheme");
  } catch {
    return null; // storage may be blocked
  }
}

function remember() {
  try {
    if (scheme === "system") localStorage.removeItem("scheme");
    else localStorage.setItem("scheme", scheme);
  } catch {
    // then it holds for this page
  }
}

function colour() {
  const dark = scheme === "system" ? darkSystem.matches : scheme === "dark";
  document.body.dataset.mdColorScheme = dark ? "slate" : "default";
  for (const icon of all("[data-scheme]", HTMLElement, button)) {
    icon.hidden = icon.dataset.scheme !== scheme;
  }
}
button.hidden = false;
button.addEventListener("click", () => {
  scheme = schemes[(schemes.indexOf(scheme) + 1) % schemes.length];
  remember();
  colour();
});
darkSystem.addEventListener("change", colour);
colour();

// A label with the focus is pressed by Enter: the drawer, the sections of the navigation.
addEventListener("keydown", ({ key, target }) => {
  if (key === "Enter" && target instanceof HTMLLabelElement && target.htmlFor) target.click();
});

// Code can be copied, and scrolled by keyboard where it is wider than the page.
const copy = one("#copy-button", HTMLTemplateElement);
for (const code of all(".highlight pre > code", HTMLElement)) {
  if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  if (code.closest(".output")) continue;
  const copied = /** @type {DocumentFragment} */ (copy.content.cloneNode(true));
  const press = one("button", HTMLButtonElement, copied);
  press.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    press.textContent = press.dataset.done ?? "";
  });
  code.after(press);
}

// The table of contents shows the section that is read.
const links = new Map(
  all(".md-sidebar--secondary a[href^='#']", HTMLAnchorElement).map((link) => [
    link.hash.slice(1),
    link,
  ]),
);
const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      for (const [id, link] of links) {
        link.classList.toggle("md-nav__link--active", id === target.id);
      }
    }
  },
  { rootMargin: "-10% 0px -75% 0px" },
);
for (const id of links.keys()) {
  const heading = document.getElementById(id);
  if (heading) seen.observe(heading);
}
