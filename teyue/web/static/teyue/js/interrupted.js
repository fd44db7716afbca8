import { remember, remembered, words } from "./page.js";
import { typedIn, typeInto } from "./typing.js";

const NAME = "ty-interrupted";
const LASTS = 2 * 60 * 60 * 1000;
const OWN = new Set(["idempotency_key", "row_version", "shown", "digest"]);
const store = () => window.sessionStorage;
const who = () => document.body.dataset.tyWho || "";
const here = () => location.pathname + location.search;
const between = () => document.querySelector("[data-ty-between]");

const read = () => JSON.parse(remembered(store(), NAME) || "null");
const keep = (sent) => remember(store(), NAME, sent && JSON.stringify(sent));

function place(form) {
  const same = [...document.forms].filter((one) => one.getAttribute("action") === form.getAttribute("action"));
  return { id: form.id, action: form.getAttribute("action"), nth: same.indexOf(form) };
}

const holdsTyping = (form) => [...form.elements].some((one) => one.name && !["hidden", "submit", "button"].includes(one.type));

/** Keep what is sent until an answer shows that it arrived. */
function remembering(form, stopped) {
  if (!form?.matches?.("form[method=post]") || between() || !holdsTyping(form)) return;
  // Versions and digests are read anew with the page: nobody agrees to what was not seen.
  const values = typedIn(form).filter(([name]) => !OWN.has(name));
  keep({ who: who(), page: here(), at: Date.now(), stopped, form: place(form), values });
}

function find({ id, action, nth }) {
  if (id) return document.forms.namedItem(id);
  return [...document.forms].filter((one) => one.getAttribute("action") === action)[nth];
}

function show(text) {
  const notice = document.createElement("div");
  notice.className = "ty-alert ty-near mb-3";
  notice.tabIndex = -1;
  notice.dataset.tyRefusal = "";
  notice.dataset.tyKept = "";
  notice.setAttribute("role", "status");
  notice.textContent = text;
  document.getElementById("main")?.prepend(notice);
  notice.focus();
}

const standing = (form) => new Map([...form.elements].map((one) => [one, `${one.value} ${one.checked}`]));

/** Let the page hear what is different now, as if it had been typed. */
function announce(form, before) {
  for (const [field, now] of standing(form)) {
    const chosen = field.type !== "radio" || field.checked;
    if (before.get(field) !== now && chosen) field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  form.dispatchEvent(new CustomEvent("ty:restored", { bubbles: true }));
}

/** Parts of the form may come later, once the choice before them is heard. */
function putBack(form, values) {
  let left = values;
  const put = () => {
    const [before, open] = [standing(form), left.length];
    left = typeInto(form, left);
    if (left.length < open) announce(form, before);
  };
  put();
  document.body.addEventListener("htmx:afterSettle", () => { if (form.isConnected && left.length) put(); });
}

function restore() {
  const sent = read();
  if (!sent) return;
  if (!sent.stopped || Date.now() - sent.at > LASTS) return keep(null);
  if (who() && who() !== sent.who) return keep(null);
  if (here() !== sent.page || who() !== sent.who) return;
  keep(null);
  const form = find(sent.form);
  if (!form) return show(words().moved);
  const dialog = form.closest("dialog");
  if (dialog && !dialog.open) dialog.showModal();
  const more = form.closest("details");
  if (more) more.open = true;
  show(words().kept);
  putBack(form, sent.values);
}

function pause() {
  const sent = read();
  if (!sent) return;
  keep({ ...sent, stopped: true });
  for (const line of document.querySelectorAll("[data-ty-kept-here]")) line.hidden = false;
  for (const link of document.querySelectorAll("[data-ty-back]")) link.href = sent.page;
}

/** What was sent after the session ended stands in its form again; nothing is sent by itself. */
export function startInterrupted() {
  if (between()) pause();
  // Only then does htmx hear what is chosen.
  else if (document.readyState === "complete") restore();
  else window.addEventListener("load", restore);
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) remembering(event.target, false);
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.getResponseHeader("Ty-Session") === "ended") remembering(event.detail.elt.closest("form"), true);
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("Ty-Session") === "changed") remembering(event.detail.elt.closest("form"), true);
  });
}
