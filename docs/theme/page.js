// The language switch stays on the section: the links of the switch get the fragment of the page.
function keepSection() {
  for (const link of document.querySelectorAll(".md-select__link[hreflang]")) link.hash = location.hash;
}
addEventListener("hashchange", keepSection);
keepSection();

// Material wraps each copy button in a <nav> of its own; twenty landmarks without a name help nobody.
new MutationObserver(() => {
  for (const nav of document.querySelectorAll(".md-code__nav:not([role])")) nav.setAttribute("role", "none");
}).observe(document.body, { childList: true, subtree: true });
