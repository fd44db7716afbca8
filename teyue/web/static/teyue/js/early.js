// Runs before the first paint, so that a remembered theme never flashes.
(() => {
  const root = document.documentElement;
  const read = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.bsTheme = read("ty-theme") || (dark ? "dark" : "light");
  if (read("ty-size") === "large") root.dataset.tySize = "large";
})();
