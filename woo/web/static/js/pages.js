// Turning pages without a reload. Two pages ahead are fetched and decoded beforehand; pictures are never in a cache on disk.
import { post } from "./api.js";
import { current, keyOf, list, options, say, settle, sheet } from "./marks.js";

const place = document.querySelector("#sheet-place");
const bench = document.querySelector("#inhoud");
const ahead = new Map(); // page number -> promise of the finished sheet
const turned = []; // who wants to know that another page is on screen
let seenTimer = 0;

export const number = () => Number(sheet().dataset.page);
export const onTurn = (listener) => turned.push(listener);
export const forget = () => { ahead.clear(); prefetch(); };

export async function turn(delta) {
  const wanted = number() + delta, last = Number(sheet().dataset.pages);
  if (wanted < 1) { say("Dit is de eerste pagina."); return; }
  if (wanted > last) { beyond(); return; }
  await goTo(wanted);
}

function beyond() {
  const { after, judged } = sheet().dataset;
  if (judged === "nee" && bench.dataset.mayDecide === "ja" && sheet().dataset.asked !== "ja") {
    sheet().dataset.asked = "ja";
    document.querySelector("#oordeel input[type=radio]")?.focus();
    say("Laatste pagina. Beoordeel het document, of druk op Esc en dan op N voor het volgende document.");
  } else if (after) location.assign(after);
  else say("Dit is de laatste pagina van het laatste document.");
}

export async function goTo(wanted, key) {
  performance.mark("turn-start");
  let next;
  try { next = await load(wanted); } catch { say("De pagina kon niet worden gehaald. Probeer het opnieuw.", true); ahead.delete(wanted); return; }
  ahead.delete(wanted);
  place.replaceChildren(next);
  history.replaceState(null, "", `${next.dataset.base}/${wanted}`);
  document.title = `${next.dataset.title} – Woo-werkbank`;
  await arrive(key);
}

/** Read the page on screen anew, keeping the chosen box. */
export async function reload() {
  ahead.clear();
  await goTo(number(), current() ? keyOf(current()) : undefined);
}

/** The page is in the document: make it usable, wait until it is painted, look ahead. */
export async function arrive(key) {
  for (const element of place.querySelectorAll(".woo-script-only")) element.hidden = false;
  turned.forEach((listener) => listener());
  settle(key);
  list().focus({ preventScroll: true });
  await sheet().querySelector("img.woo-scan").decode().catch(() => say("Het beeld van deze pagina kon niet worden getoond.", true));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  performance.mark("page-painted", { detail: number() });
  prefetch();
  watch();
}

function load(wanted) {
  if (!ahead.has(wanted)) ahead.set(wanted, fetchSheet(`${sheet().dataset.base}/${wanted}`));
  return ahead.get(wanted);
}

async function fetchSheet(address) {
  const response = await fetch(address, { headers: { "x-fragment": "1" } });
  if (!response.ok || response.redirected) throw new Error("page");
  const box = document.createElement("template");
  box.innerHTML = await response.text();
  const next = document.importNode(box.content, true).firstElementChild; // in this document, so that its picture starts to load
  await next.querySelector("img.woo-scan").decode().catch(() => {});
  return next;
}

function prefetch() {
  const last = Number(sheet().dataset.pages);
  for (const key of ahead.keys()) if (key < number() || key > number() + 3) ahead.delete(key);
  for (const delta of [1, 2]) if (number() + delta <= last) load(number() + delta).catch(() => ahead.delete(number() + delta));
}

/** A page counts as seen when it stood on the screen for a moment, not when it was leafed past. */
function watch() {
  clearTimeout(seenTimer);
  const page = sheet();
  if (page.dataset.seen === "ja" || bench.dataset.mayDecide !== "ja") return;
  seenTimer = setTimeout(async () => {
    if (sheet() !== page || document.hidden) return;
    try {
      await post(`${page.dataset.base}/${page.dataset.page}/gezien`, {});
      page.dataset.seen = "ja";
      page.querySelector(".seen-mark").textContent = "bekeken";
      page.querySelector(".woo-map [aria-current] ")?.classList.replace("is-unseen", "is-done");
    } catch (problem) { say(problem.message, true); }
  }, 800);
}
document.addEventListener("visibilitychange", () => { if (!document.hidden) watch(); });

export { options };
