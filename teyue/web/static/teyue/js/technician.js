import { onEach } from "./page.js";

const two = (number) => String(number).padStart(2, "0");

/** What is still missing before the work can be recorded, in the order of the page. */
function lacking(button) {
  const open = [...document.querySelectorAll("[data-ty-must]")].filter((box) => !box.checked);
  const photos = Number(document.querySelector("[data-ty-photos]")?.dataset.tyPhotos || 0);
  const lacks = open.map((box) => box.dataset.tyMust);
  if (photos < Number(button.dataset.tyPhotosNeeded)) lacks.push(button.dataset.tyPhotoWord);
  if (button.dataset.tyOpenChange) lacks.push(button.dataset.tyOpenChange);
  return lacks;
}

function judge(button) {
  const why = document.querySelector("[data-ty-why]");
  const lacks = lacking(button);
  const ticked = document.querySelectorAll("[data-ty-points] input:checked").length;
  const count = document.querySelector("[data-ty-done]");
  if (count) count.textContent = String(ticked);
  button.classList.toggle("btn-primary", !lacks.length);
  if (lacks.length) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
  why.hidden = !lacks.length;
  why.querySelector("span").textContent = lacks.length ? `${button.dataset.tyLacks} ${lacks.join(button.dataset.tyComma)}` : "";
}

function watchFinish(button) {
  const again = () => judge(button);
  document.addEventListener("change", again);
  document.addEventListener("ty:restored", again);
  document.body.addEventListener("htmx:load", again);
  again();
}

/** Count down to the moment from which nobody at home may be written down. */
function countDown(place) {
  const until = Date.parse(place.dataset.tyTimer);
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left > 3600) return;
    place.textContent = left > 0 ? `${two(Math.floor(left / 60))}:${two(left % 60)}` : place.dataset.tyOver;
    if (left <= 0) clearInterval(clock);
  };
  const clock = setInterval(tick, 1000);
  tick();
}

function countCalls(link) {
  const field = document.getElementById(link.dataset.tyCall);
  if (field) link.addEventListener("click", () => { field.value = String(Number(field.value || 0) + 1); });
}

/** Show only the part of the way that was chosen; without scripts both are there. */
function showChosen(radio) {
  const apply = () => {
    for (const part of document.querySelectorAll("[data-ty-choice]")) {
      const chosen = document.querySelector(`[data-ty-shows="${part.id}"]`);
      part.hidden = !chosen?.checked;
    }
  };
  radio.addEventListener("change", apply);
  document.addEventListener("ty:restored", apply);
  apply();
}

export function startTechnician() {
  onEach("[data-ty-finish]", watchFinish);
  onEach("[data-ty-timer]", countDown);
  onEach("[data-ty-call]", countCalls);
  onEach("[data-ty-shows]", showChosen);
}
