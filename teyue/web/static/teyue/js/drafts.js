import { onEach, remember, remembered } from "./page.js";
import { typedIn, typeInto } from "./typing.js";

const store = () => window.sessionStorage;
const nameOf = (form) => `ty-draft:${location.pathname}:${form.dataset.tyDraft}`;

const save = (form) => remember(store(), nameOf(form), JSON.stringify(typedIn(form)));

function fill(form, values) {
  typeInto(form, values);
  form.dispatchEvent(new CustomEvent("ty:restored", { bubbles: true }));
}

/** After a reload or the back button nothing typed is lost, and a repeated post keeps its key. */
function restore(form) {
  const saved = remembered(store(), nameOf(form));
  const arrival = performance.getEntriesByType("navigation")[0]?.type;
  const answered = form.querySelector(".is-invalid") || document.querySelector("[data-ty-refusal]");
  if (!saved) return;
  if (answered || arrival === "navigate") remember(store(), nameOf(form), null);
  else fill(form, JSON.parse(saved));
}

export function startDrafts() {
  onEach("form[data-ty-draft]", (form) => {
    restore(form);
    form.addEventListener("input", () => save(form));
    form.addEventListener("change", () => save(form));
    form.addEventListener("submit", () => save(form));
    form.addEventListener("reset", () => remember(store(), nameOf(form), null));
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-ty-draft]");
    if (form && event.detail.successful) remember(store(), nameOf(form), null);
  });
}
