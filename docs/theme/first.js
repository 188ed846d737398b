// Runs before anything is shown; the policy of the page allows it by its hash.
document.documentElement.classList.add("scripted");
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("scheme");
  } catch {
    // storage may be blocked
  }
  const isDark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.dataset.mdColorScheme = isDark ? "slate" : "default";
})();
