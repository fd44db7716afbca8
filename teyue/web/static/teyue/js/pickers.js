import { onEach } from "./page.js";

/** A long select becomes a search box; without the script it stays a select. */
export function startPickers() {
  if (!window.TomSelect) return;
  onEach("select[data-ty-pick]", (select) => {
    if (select.tomselect) return;
    new window.TomSelect(select, { maxOptions: 200, selectOnTab: true });
    select.setAttribute("aria-hidden", "true");
  });
}
