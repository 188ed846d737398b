// The language switch stays on the section: the links of the switch get the fragment of the page.
function keepSection() {
  for (const link of document.querySelectorAll(".md-select__link[hreflang]")) link.hash = location.hash;
}
addEventListener("hashchange", keepSection);
keepSection();
