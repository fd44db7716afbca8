import { words } from "./page.js";

function startSide() {
  const side = document.getElementById("side");
  const button = document.querySelector("[data-ty-side]");
  const set = (open) => {
    side.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  if (!side || !button) return;
  button.addEventListener("click", (event) => { event.stopPropagation(); set(!side.classList.contains("open")); });
  document.addEventListener("click", (event) => { if (!side.contains(event.target)) set(false); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) set(false); });
}

/** The clock shows the server's time: what a late till computer believes must not mislead. */
function startClock() {
  const clock = document.querySelector("[data-ty-clock]");
  if (!clock) return;
  const ahead = Date.parse(clock.dataset.tyClock) - Date.now();
  const format = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
  setInterval(() => { clock.textContent = format.format(Date.now() + ahead); }, 15000);
}

function say(text, link) {
  const banner = document.querySelector("[data-ty-session]");
  if (!banner) return;
  banner.querySelector("[data-ty-session-text]").textContent = text;
  const again = banner.querySelector("[data-ty-session-link]");
  again.textContent = link || "";
  again.href = location.pathname + location.search;
  banner.hidden = false;
}

function startSession() {
  document.body.addEventListener("htmx:responseError", (event) => {
    const ended = event.detail.xhr.status === 401 || event.detail.xhr.getResponseHeader("Ty-Session") === "ended";
    say(ended ? words().ended : words().denied, ended ? words().login : "");
  });
  document.body.addEventListener("htmx:sendError", () => say(words().offline, ""));
}

function startOffline() {
  const banner = document.querySelector("[data-ty-offline]");
  if (!banner) return;
  const show = () => { banner.hidden = navigator.onLine; };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}

export function startShell() {
  startSide();
  startClock();
  startSession();
  startOffline();
  document.addEventListener("click", (event) => { if (event.target.closest("[data-ty-print]")) window.print(); });
}
