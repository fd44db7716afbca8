function open(event) {
  const link = event.target.closest("[data-ty-open]");
  const dialog = link && document.querySelector(link.getAttribute("href"));
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden]), textarea, select, button")?.focus();
}

function close(event) {
  const link = event.target.closest("[data-ty-close]");
  if (!link) return;
  event.preventDefault();
  link.closest("dialog")?.close();
}

export function startDialogs() {
  document.addEventListener("click", open);
  document.addEventListener("click", close);
}
