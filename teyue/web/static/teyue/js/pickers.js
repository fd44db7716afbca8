import { onEach, words } from "./page.js";

/** What tom-select says by itself, in the language of the page; every picker takes it. */
export function pickerWords() {
  const said = document.createElement("div");
  said.className = "no-results";
  said.textContent = words().unfound ?? "";
  return { render: { no_results: () => said.outerHTML } };
}

/** A long select becomes a search box; without the script it stays a select. */
export function startPickers() {
  if (!window.TomSelect) return;
  onEach("select[data-ty-pick]", (select) => {
    if (select.tomselect) return;
    new window.TomSelect(select, { ...pickerWords(), maxOptions: 200, selectOnTab: true });
    select.setAttribute("aria-hidden", "true");
  });
}
