import { remember } from "./page.js";

const root = document.documentElement;

function show() {
  const large = root.dataset.tySize === "large";
  document.querySelectorAll("[data-ty-size]:not(html)").forEach((button) => button.setAttribute("aria-pressed", String(large)));
}

function turnTheme() {
  root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  remember(localStorage, "ty-theme", root.dataset.bsTheme);
}

function turnSize() {
  if (root.dataset.tySize === "large") delete root.dataset.tySize;
  else root.dataset.tySize = "large";
  remember(localStorage, "ty-size", root.dataset.tySize ?? null);
  show();
}

export function startPreferences() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-ty-theme]")) turnTheme();
    else if (event.target.closest("button[data-ty-size]")) turnSize();
  });
  show();
}
