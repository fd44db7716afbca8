import { freshKey, onEach, words } from "./page.js";

const SECONDS = 4;

function fade(toast) {
  let timer = setTimeout(() => toast.remove(), SECONDS * 1000);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("focusin", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => { timer = setTimeout(() => toast.remove(), SECONDS * 1000); });
}

function undoForm(url) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  form.dataset.tyOnce = "";
  const token = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];
  for (const [name, value] of [["csrfmiddlewaretoken", token], ["idempotency_key", freshKey()]]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  form.append(Object.assign(document.createElement("button"), { textContent: words().undo }));
  return form;
}

/** Say that something succeeded; an error is never a toast. */
export function toast({ text, undo }) {
  const note = document.createElement("div");
  note.className = "ty-toast";
  note.dataset.tyToast = "";
  note.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (undo) note.append(undoForm(undo));
  document.querySelector("[data-ty-toasts]").append(note);
  fade(note);
}

export function startToasts() {
  onEach("[data-ty-toast]", fade);
  document.body.addEventListener("toast", (event) => toast(event.detail));
}
