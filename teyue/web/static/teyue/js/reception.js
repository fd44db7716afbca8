import { pickerWords } from "./pickers.js";
import { onEach } from "./page.js";

const desk = () => document.querySelector("[data-ty-desk]");
const free = () => [...(desk()?.querySelectorAll("[data-ty-slots] input[type=radio]") ?? [])];
const middle = (input) => {
  const box = input.parentElement.getBoundingClientRect();
  return { input, x: box.x + box.width / 2, y: box.y + box.height / 2, half: box.width / 2 };
};

/** The next free slot in a direction: in the same column for up and down, else along the row. */
function beside(from, key) {
  const here = middle(from);
  const others = free().filter((one) => one !== from).map(middle);
  const upright = key === "ArrowUp" || key === "ArrowDown";
  const ahead = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  const far = (one) => (upright ? one.y - here.y : one.x - here.x) * ahead;
  const off = (one) => Math.abs(upright ? one.x - here.x : one.y - here.y);
  const reachable = others.filter((one) => far(one) > 1 && (!upright || off(one) < here.half));
  return reachable.sort((one, two) => off(one) * 4 + far(one) - off(two) * 4 - far(two))[0]?.input;
}

function pick(input) {
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** In the grid arrows only move; Enter picks and leads on to the next question. */
function inGrid(event) {
  const input = event.target;
  if (!input.matches?.("[data-ty-desk] [data-ty-slots] input[type=radio]")) return;
  if (event.key.startsWith("Arrow")) beside(input, event.key)?.focus();
  else if (event.key === "Enter") {
    pick(input);
    desk().querySelector("[data-ty-next]")?.focus();
  } else return;
  event.preventDefault();
}

function toDay(event) {
  const digit = event.altKey && /^Digit([1-5])$/.exec(event.code);
  if (!digit || !desk()) return;
  event.preventDefault();
  const day = desk().querySelector("#slots")?.dataset.days?.trim().split(/\s+/)[digit[1] - 1];
  free().find((input) => day && input.value.startsWith(day))?.focus();
}

/** Several households were found: arrows walk through them. */
function inPicks(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const picks = [...(desk()?.querySelectorAll("[data-ty-picks] a") ?? [])];
  const inside = event.target.matches?.("#call, [data-ty-picks] a");
  if (!step || !picks.length || !inside) return;
  event.preventDefault();
  const now = picks.indexOf(event.target);
  (picks[now + step] ?? (step < 0 ? desk().querySelector("#call") : event.target)).focus();
}

function startOffer(select) {
  if (!window.TomSelect || select.tomselect) return;
  const picker = new window.TomSelect(select, {
    ...pickerWords(), maxOptions: 200, selectOnTab: true, openOnFocus: false, refreshThrottle: 0, searchField: ["text", "sound"],
  });
  picker.control_input.dataset.tyKey = "F4";
  picker.control_input.dataset.tyFirst = "";
  select.setAttribute("aria-hidden", "true");
}

function begin(place) {
  if (place.querySelector("[data-ty-refusal], .is-invalid")) return;
  const first = place.querySelector("[data-ty-first]") ?? place.querySelector("#call");
  first?.focus();
  first?.select?.();
}

export function startReception() {
  onEach("[data-ty-offer] select", startOffer);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    inGrid(event);
    toDay(event);
    inPicks(event);
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.matches?.("[data-ty-desk]")) begin(event.detail.elt);
  });
  if (desk()) begin(desk());
}
