import { explain } from "./forms.js";

const typing = (target) => target.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
const nameOf = (event) => [
  event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "",
  event.key.length === 1 ? event.key.toUpperCase() : event.key === "Escape" ? "Esc" : event.key,
].filter(Boolean).join(" ");

function press(target) {
  if (target.getAttribute("aria-disabled") === "true") explain(target);
  else if (target.matches("input, select, textarea")) { target.focus(); target.select?.(); }
  else target.click();
}

function search(event) {
  const box = document.querySelector("[data-ty-search], [data-ty-find]");
  if (!box) return;
  event.preventDefault();
  box.focus();
}

function moveCursor(step) {
  const rows = [...document.querySelectorAll("[data-ty-list] tbody tr")];
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.dataset.tyCursor !== undefined);
  const next = rows[Math.max(0, Math.min(rows.length - 1, now + step))];
  if (now >= 0) delete rows[now].dataset.tyCursor;
  next.dataset.tyCursor = "";
  next.querySelector("a, button")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

const LIST = {
  "J": () => moveCursor(1),
  "K": () => moveCursor(-1),
  "/": search,
  "?": () => document.getElementById("ty-keys")?.showModal(),
};

function onKey(event) {
  // While Chinese is being composed every key belongs to the input method.
  if (event.isComposing || event.keyCode === 229) return;
  const name = nameOf(event);
  const plain = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (plain && typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const own = document.querySelector(`[data-ty-key="${CSS.escape(name)}"]`);
  if (own) {
    event.preventDefault();
    press(own);
  } else if (plain) LIST[name]?.(event);
}

/** Show in the map of keys what this page itself answers to. */
function listHere() {
  const list = document.querySelector("[data-ty-keys-here]");
  for (const target of document.querySelectorAll("[data-ty-key]")) {
    if (!list) return;
    const [term, what] = [document.createElement("dt"), document.createElement("dd")];
    term.append(Object.assign(document.createElement("kbd"), { textContent: target.dataset.tyKey }));
    what.textContent = target.getAttribute("aria-label") || target.textContent.replace(target.dataset.tyKey, "").trim();
    list.append(term, what);
  }
}

export function startKeys() {
  document.addEventListener("keydown", onKey);
  document.querySelector("[data-ty-open-keys]")?.addEventListener("click", LIST["?"]);
  listHere();
}
