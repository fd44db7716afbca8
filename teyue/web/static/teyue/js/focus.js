const wrongIn = (root) => root.querySelector?.("[data-ty-refusal]") || root.querySelector?.(".is-invalid");

/** After a swap focus stays where it was, or goes to a refusal, or to the first wrong field. */
export function startFocus() {
  let place = null;
  document.body.addEventListener("htmx:beforeSwap", () => {
    const active = document.activeElement;
    place = active?.id ? `#${CSS.escape(active.id)}` : active?.name ? `[name="${CSS.escape(active.name)}"]` : null;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt;
    const wrong = swapped.matches?.("[data-ty-refusal]") ? swapped : wrongIn(swapped);
    if (wrong) wrong.focus();
    else if (place && !document.activeElement?.matches("input, select, textarea, button, a")) {
      document.querySelector(place)?.focus({ preventScroll: true });
    }
  });
  wrongIn(document)?.focus();
}
