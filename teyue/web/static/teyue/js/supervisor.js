import { onEach } from "./page.js";

/** The audit passes only with six ticks; until then the button says what is open. */
function watchTicks(button) {
  const form = document.getElementById(button.getAttribute("form"));
  const boxes = [...form.elements].filter((field) => field.dataset.tyCheck);
  const why = document.getElementById(button.getAttribute("aria-describedby"));
  const judge = () => {
    const open = boxes.filter((box) => !box.checked);
    if (open.length) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
    button.classList.toggle("btn-primary", !open.length);
    why.hidden = !open.length;
    if (open.length) {
      why.querySelector("span").textContent = button.dataset.tyOpen
        .replace("{n}", String(open.length)).replace("{first}", open[0].dataset.tyCheck);
    }
  };
  for (const box of boxes) box.addEventListener("change", judge);
  form.addEventListener("ty:restored", judge);
  judge();
}

export function startSupervisor() {
  onEach("[data-ty-pass]", watchTicks);
}
