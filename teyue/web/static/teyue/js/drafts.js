import { onEach, remember, remembered } from "./page.js";

const SKIP = new Set(["password", "file", "csrfmiddlewaretoken"]);
const store = () => window.sessionStorage;
const nameOf = (form) => `ty-draft:${location.pathname}:${form.dataset.tyDraft}`;

const kept = (form) => Array.from(form.elements).filter(
  (field) => field.name && !SKIP.has(field.type) && !SKIP.has(field.name) && !field.closest("[data-ty-sign]"),
);

function save(form) {
  const values = kept(form).map((field) => [
    field.name, field.value, field.type === "checkbox" || field.type === "radio" ? field.checked : null,
  ]);
  remember(store(), nameOf(form), JSON.stringify(values));
}

function fill(form, values) {
  for (const [name, value, checked] of values) {
    for (const field of kept(form).filter((one) => one.name === name)) {
      if (checked === null) field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
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
