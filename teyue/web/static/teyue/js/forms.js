import { freshKey } from "./page.js";

const BUSY = "tyBusy";

function release(form) {
  delete form.dataset[BUSY];
  form.removeAttribute("aria-busy");
}

export function renewKey(form) {
  const key = form.elements.namedItem("idempotency_key");
  if (key) key.value = freshKey();
}

function guard(event) {
  const form = event.target;
  if (!form.matches("form[data-ty-once]")) return;
  if (form.dataset[BUSY]) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const ask = event.submitter?.dataset.tyAsk;
  if (ask && !window.confirm(ask)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset[BUSY] = "yes";
  form.setAttribute("aria-busy", "true");
}

function refuseGreyButtons(event) {
  const button = event.target.closest?.("[aria-disabled='true']");
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  explain(button);
}

/** Move the eye and the screen reader to why a grey button is grey. */
export function explain(button) {
  const why = document.getElementById(button.getAttribute("aria-describedby") || "");
  if (!why) return;
  why.tabIndex = -1;
  why.focus();
}

export function startForms() {
  document.addEventListener("submit", guard, true);
  document.addEventListener("click", refuseGreyButtons, true);
  document.body.addEventListener("htmx:configRequest", (event) => {
    const key = event.detail.elt.closest("form")?.elements.namedItem("idempotency_key");
    if (key) event.detail.headers["Idempotency-Key"] = key.value;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-ty-once]");
    if (!form) return;
    release(form);
    if (event.detail.successful) renewKey(form);
  });
  window.addEventListener("pageshow", (event) => {
    for (const form of document.querySelectorAll("form[data-ty-once]")) {
      release(form);
      if (event.persisted) renewKey(form);
    }
  });
}
