// The review page: keys (only while the list has the focus, WCAG 2.1.4), buttons, and the judgement form.
import { current, nextOpen, say, select, sheet, sizeLabels, step, svg } from "./marks.js";
import { decide, decideSame, redo, undo } from "./decide.js";
import { rememberGround, startWords, wholePage, wordKey } from "./draw.js";
import { arrive, goTo, onTurn, turn } from "./pages.js";

const bench = document.querySelector("#inhoud");
const help = document.querySelector("#help");
const letters = bench.dataset.keys === "aan";
const mayDecide = bench.dataset.mayDecide === "ja";
const list = () => document.querySelector("#voorstellen");
let whole = localStorage.getItem("woo-beeld") === "heel";

function zoom(flip) {
  if (flip) { whole = !whole; localStorage.setItem("woo-beeld", whole ? "heel" : "breed"); }
  sheet().querySelector(".woo-desk").classList.toggle("is-whole", whole);
  sizeLabels();
}

async function toOpen() {
  const next = nextOpen(), page = sheet().dataset.nextOpen;
  if (next) select(next);
  else if (page) await goTo(Number(page));
  else say("Er is geen open kader meer in dit document.");
}

function withGround(code) {
  rememberGround(code);
  decide("redact", code);
}

const when = (allowed, action) => () => (allowed ? action() : say("U kunt nu alleen kijken."));
const ALWAYS = {
  ArrowDown: () => step(1), ArrowUp: () => step(-1), PageDown: () => turn(1), PageUp: () => turn(-1),
  Enter: () => sheet().querySelector("[data-do=redact]")?.focus(),
};
const LETTERS = {
  j: () => step(1), k: () => step(-1), o: toOpen, n: () => turn(1), p: () => turn(-1), z: () => zoom(true),
  g: () => { const box = document.querySelector("#go"); box.focus(); box.select(); },
  a: when(mayDecide, () => decide("redact")), x: when(mayDecide, () => decide("keep")),
  A: when(mayDecide, () => decideSame("redact")), X: when(mayDecide, () => decideSame("keep")),
  u: when(mayDecide, undo), d: when(mayDecide, startWords), w: when(mayDecide, wholePage),
  f: when(mayDecide, () => (document.querySelector("#oordeel input:checked") ?? document.querySelector("#oordeel input[type=radio]")).focus()),
  " ": () => svg().classList.add("look"), "?": () => help.showModal(),
};

bench.addEventListener("keydown", (event) => {
  const inList = event.target.closest("[role=listbox]");
  const inForm = event.target.closest("#oordeel");
  if (inForm) { judgementKey(event, inForm); return; }
  if (event.target.id === "go" && event.key === "Enter") { event.preventDefault(); jump(event.target); return; }
  if (!inList) return;
  if (event.ctrlKey && event.key.toLowerCase() === "z") { event.preventDefault(); if (mayDecide) (event.shiftKey ? redo : undo)(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (wordKey(event)) { event.preventDefault(); return; }
  const number = letters && mayDecide && /^[1-9]$/.test(event.key) ? list().dataset.grounds.trim().split(" ")[Number(event.key) - 1] : null;
  const action = number ? () => withGround(number) : ALWAYS[event.key] ?? (letters ? LETTERS[event.key] : undefined);
  if (action) { event.preventDefault(); action(); }
});
addEventListener("keyup", (event) => { if (event.key === " ") svg().classList.remove("look"); });
addEventListener("blur", () => svg().classList.remove("look"));

function jump(box) {
  const wanted = Number(box.value);
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= Number(sheet().dataset.pages)) goTo(wanted);
  else say(`Kies een pagina van 1 tot en met ${sheet().dataset.pages}.`, true);
}

function judgementKey(event, form) {
  if (event.key === "Escape") { event.preventDefault(); list().focus(); return; }
  if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); form.requestSubmit(form.querySelector("[name=verder]")); return; }
  if (!letters || event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  const choice = form.querySelector(`[data-key="${CSS.escape(event.key.toUpperCase())}"]`);
  if (choice) { event.preventDefault(); choice.checked = true; choice.focus(); }
}

function weigh() {
  const box = document.querySelector("#afweging");
  decide("redact", undefined, box.value.trim());
  box.value = "";
  list().focus({ preventScroll: true });
}

bench.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) { select(option); list().focus({ preventScroll: true }); return; }
  const link = event.target.closest("[data-turn]");
  if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); turn(Number(link.dataset.turn)); return; }
  const action = event.target.closest("button[data-do]")?.dataset.do;
  if (action === "undo") undo();
  else if (action === "weigh") weigh();
  else if (action) decide(action);
});
bench.addEventListener("change", (event) => {
  if (event.target.matches("select[data-do=ground]") && current()) { withGround(event.target.value); list().focus({ preventScroll: true }); }
});

document.querySelector("#help-button").hidden = false;
document.querySelector("#help-button").addEventListener("click", () => help.showModal());
for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("close", () => list().focus({ preventScroll: true }));
onTurn(() => zoom(false));
new ResizeObserver(sizeLabels).observe(document.querySelector("#sheet-place"));
if (bench.dataset.done) say(bench.dataset.done);
await arrive();
