import { onEach } from "./page.js";

const NOTES = [10000, 5000, 2000, 1000, 500, 100, 50, 10];
const yuan = (fen) => (Math.abs(fen) / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const shown = (fen) => `${fen < 0 ? "−" : ""}¥${yuan(fen)}`;

/** What was typed, in fen; null for what is no amount. The server reads it again by itself. */
function fenOf(text) {
  const clean = text.normalize("NFKC").replace(/[¥￥,\s元]/g, "").replace("。", ".");
  return /^\d+(\.\d{1,2})?$/.test(clean) ? Math.round(Number(clean) * 100) : null;
}

/** Which notes and coins make up the change, largest first. */
function pieces(fen, words, comma) {
  const parts = [];
  for (const note of NOTES) {
    const count = Math.floor(fen / note);
    if (count) parts.push(words.replace("N", String(note / 100)).replace("M", String(count)));
    fen -= count * note;
  }
  return parts.join(comma);
}

function showChange(till) {
  const due = Number(till.dataset.tillDue);
  const given = fenOf(till.querySelector("[name=tendered]").value);
  const back = given === null ? 0 : given - due;
  till.querySelector("[data-till-change]").textContent = shown(back);
  till.querySelector("[data-till-change]").classList.toggle("ty-short", back < 0);
  till.querySelector("[data-till-pieces]").textContent = back > 0 ? pieces(back, till.dataset.tillNotes, till.dataset.tillComma) : "";
  for (const button of till.querySelectorAll("[data-till-quick]")) {
    button.classList.toggle("btn-outline-primary", fenOf(button.dataset.tillQuick) === given);
  }
  return { given, back };
}

function showReceipt(way, cash, { given, back }) {
  const says = document.querySelector("[data-till-says-way]");
  if (!says) return;
  says.textContent = way.dataset.tillWay;
  const change = document.querySelector("[data-till-says-change]");
  change.textContent = cash && given !== null && back >= 0
    ? change.dataset.words.replace("A", yuan(given)).replace("B", yuan(back)) : "";
}

function refresh(till) {
  const way = till.querySelector("[name=method]:checked");
  if (!way) return;
  const cash = way.value === "cash";
  till.querySelector("[data-till-cash]").hidden = !cash;
  till.querySelector("[data-till-channel]").hidden = cash;
  showReceipt(way, cash, showChange(till));
}

function startTill(till) {
  refresh(till);
  till.addEventListener("input", () => refresh(till));
  till.addEventListener("change", (event) => {
    refresh(till);
    if (event.target.name === "method" && event.target.value !== "cash") till.querySelector("[name=channel_ref]").focus();
  });
  till.addEventListener("click", (event) => {
    const quick = event.target.closest("[data-till-quick]");
    if (!quick) return;
    till.querySelector("[name=tendered]").value = quick.dataset.tillQuick;
    refresh(till);
  });
  till.closest("form").addEventListener("ty:restored", () => refresh(till));
}

function addUp(table) {
  let sum = 0;
  for (const row of table.tBodies[0].rows) {
    const field = row.querySelector("[data-till-face]");
    const count = /^\d+$/.test(field.value.trim()) ? Number(field.value) : 0;
    const worth = count * Number(field.dataset.tillFace);
    row.querySelector("[data-till-worth]").textContent = yuan(worth);
    sum += worth;
  }
  table.querySelector("[data-till-total]").textContent = shown(sum);
}

function startFaces(table) {
  addUp(table);
  table.addEventListener("input", () => addUp(table));
  table.closest("form").addEventListener("ty:restored", () => addUp(table));
  table.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-till-face]")) return;
    event.preventDefault();
    const fields = [...table.querySelectorAll("[data-till-face]")];
    (fields[fields.indexOf(event.target) + 1] || document.querySelector("[data-ty-key=F9]"))?.focus();
  });
}

export function startCashier() {
  onEach("[data-till]", startTill);
  onEach("[data-till-faces]", startFaces);
}
