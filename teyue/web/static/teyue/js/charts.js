import { onEach } from "./page.js";

const FONT = getComputedStyle(document.documentElement).getPropertyValue("--ty-font");

function draw(box) {
  const source = document.getElementById(box.dataset.tyChart);
  if (!source) return;
  const style = getComputedStyle(document.documentElement);
  const chart = window.echarts.init(box, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    color: [style.getPropertyValue("--ty-brand").trim()],
    textStyle: { fontFamily: FONT, color: style.getPropertyValue("--ty-ink-2").trim() },
    ...JSON.parse(source.textContent),
  });
  new ResizeObserver(() => chart.resize()).observe(box);
}

export function startCharts() {
  if (window.echarts) onEach("[data-ty-chart]", draw);
}
