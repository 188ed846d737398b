// What every page needs of scripts; without them, all of it can be read.

// The language switch stays on the section: its links get the fragment of the page.
function keepSection() {
  for (const link of document.querySelectorAll(".md-select__link[hreflang]")) link.hash = location.hash;
}
addEventListener("hashchange", keepSection);
keepSection();

// The colour scheme: the system's, light, dark; remembered, and set before the page is shown.
const button = document.getElementById("colour-scheme");
const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const schemes = ["system", "light", "dark"];
let scheme = remembered() ?? "system";

function remembered() {
  try { return localStorage.getItem("scheme"); } catch { return null; } // storage may be blocked
}

function remember() {
  try {
    if (scheme === "system") localStorage.removeItem("scheme");
    else localStorage.setItem("scheme", scheme);
  } catch { /* then it holds for this page */ }
}

function colour() {
  const dark = scheme === "system" ? darkSystem.matches : scheme === "dark";
  document.body.dataset.mdColorScheme = dark ? "slate" : "default";
  for (const icon of button.children) icon.hidden = icon.dataset.scheme !== scheme;
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
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("label[for]")) event.target.click();
});

// Code can be copied, and scrolled by keyboard where it is wider than the page.
const copy = document.getElementById("copy-button");
for (const code of document.querySelectorAll(".highlight pre > code")) {
  if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  if (code.closest(".output")) continue;
  const press = copy.content.firstElementChild.cloneNode(true);
  press.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    press.textContent = press.dataset.done;
  });
  code.parentElement.append(press);
}

// The table of contents shows the section that is read.
const links = new Map(
  [...document.querySelectorAll(".md-sidebar--secondary a[href^='#']")].map((link) => [link.hash.slice(1), link]),
);
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    for (const [id, link] of links) link.classList.toggle("md-nav__link--active", id === target.id);
  }
}, { rootMargin: "-10% 0px -75% 0px" });
for (const id of links.keys()) {
  const heading = document.getElementById(id);
  if (heading) seen.observe(heading);
}
