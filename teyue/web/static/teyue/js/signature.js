import { onEach } from "./page.js";

function fit(canvas, pad) {
  const ratio = Math.max(window.devicePixelRatio || 1, 1);
  const strokes = pad.toData();
  canvas.width = canvas.offsetWidth * ratio;
  canvas.height = canvas.offsetHeight * ratio;
  canvas.getContext("2d").scale(ratio, ratio);
  pad.fromData(strokes);
}

function attach(box) {
  const canvas = box.querySelector("canvas");
  const value = box.querySelector("input[type=hidden]");
  const hint = box.querySelector("[data-ty-sign-hint]");
  const pad = new window.SignaturePad(canvas, { penColor: "#1a2428", minWidth: 0.8, maxWidth: 2.4 });
  const keep = () => {
    value.value = pad.isEmpty() ? "" : pad.toDataURL("image/png");
    hint.hidden = !pad.isEmpty();
    value.dispatchEvent(new Event("change", { bubbles: true }));
  };
  pad.addEventListener("beginStroke", () => { hint.hidden = true; });
  pad.addEventListener("endStroke", keep);
  box.querySelector("[data-ty-sign-clear]").addEventListener("click", () => { pad.clear(); keep(); });
  new ResizeObserver(() => fit(canvas, pad)).observe(canvas);
}

export function startSignatures() {
  if (window.SignaturePad) onEach("[data-ty-sign]", attach);
}
