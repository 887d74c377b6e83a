// New boxes: by dragging (snaps to words; with Alt a free area) and by a word cursor with the keyboard.
import { post, read } from "./api.js";
import { add, draw, list, optionOf, say, select, sheet, svg } from "./marks.js";
import { drawn, here, tell } from "./decide.js";
import { onTurn } from "./pages.js";

const bench = document.querySelector("#inhoud");
const GROUND = "5.1.2.e";
let words = null, wordsOf = null, drag = null, cursor = null, lastGround = GROUND;
onTurn(() => { cursor = drag = null; });

export const rememberGround = (code) => { lastGround = code; };
const mayDraw = () => bench.dataset.mayDecide === "ja";

/** Words of the page as `[text, x, y, width, height]`, fetched when first needed. */
async function pageWords() {
  if (wordsOf !== here()) { wordsOf = here(); words = read(`${here()}/woorden`); }
  return words;
}

async function keep(rects, path = "kaders") {
  const pending = rects.map(([x, y, width, height]) => draw("rect", { class: "rubber is-saving", x, y, width, height }));
  svg().append(...pending);
  try {
    const vakken = rects.map((rect) => rect.map((v) => v.toFixed(2)).join(",")).join(";");
    const { mark } = await post(`${here()}/${path}`, { vakken, grond: lastGround });
    pending.forEach((rect) => rect.remove());
    add(mark);
    drawn(mark);
    say(`Kader bewaard: ${mark.text ? `“${mark.text}”` : "een vlak zonder tekst"}, grond ${list().querySelector("[aria-selected=true] .woo-ground").textContent}.`);
  } catch (problem) {
    pending.forEach((rect) => rect.remove());
    await tell(problem);
  }
}

export function wholePage() {
  if (!mayDraw()) return;
  const { width, height } = svg().viewBox.baseVal;
  keep([[0, 0, width, height]], "hele-pagina");
}

/** One rectangle for each line of the chosen words. */
function lines(chosen) {
  const found = [];
  for (const [, x, y, w, h] of chosen) {
    const last = found.at(-1);
    const shared = last ? Math.min(last[1] + last[3], y + h) - Math.max(last[1], y) : -1;
    if (last && shared > 0.5 * Math.min(last[3], h) && x >= last[0]) {
      const right = Math.max(last[0] + last[2], x + w), bottom = Math.max(last[1] + last[3], y + h);
      last[1] = Math.min(last[1], y); last[2] = right - last[0]; last[3] = bottom - last[1];
    } else found.push([x, y, w, h]);
  }
  return found;
}

// -- pointer ----------------------------------------------------------------------------------------------------------
const point = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg().getScreenCTM().inverse());
const span = (a, b) => [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(a.x - b.x), Math.abs(a.y - b.y)];

bench.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType === "touch" || !event.target.closest("svg.woo-marks")) return;
  event.preventDefault(); // the list keeps the focus, so the keys keep working
  list().focus({ preventScroll: true });
  drag = { from: point(event), to: point(event), x: event.clientX, y: event.clientY, rubber: draw("rect", { class: "rubber" }) };
  if (mayDraw()) pageWords().catch(() => {});
});
addEventListener("pointermove", (event) => {
  if (!drag || !mayDraw()) return;
  drag.to = point(event);
  const [x, y, width, height] = span(drag.from, drag.to);
  for (const [key, value] of Object.entries({ x, y, width, height })) drag.rubber.setAttribute(key, value);
  if (!drag.rubber.isConnected) svg().append(drag.rubber);
});
addEventListener("pointercancel", () => { drag?.rubber.remove(); drag = null; });
addEventListener("pointerup", async (event) => {
  if (!drag) return;
  const { from, rubber, x, y } = drag, to = point(event);
  drag = null;
  rubber.remove();
  if (Math.hypot(event.clientX - x, event.clientY - y) < 5) { pick(event); return; }
  if (!mayDraw()) return;
  const area = span(from, to);
  if (event.altKey) { await keep([area]); return; }
  try {
    const inside = (await pageWords()).filter(([, wx, wy, ww, wh]) => wx < area[0] + area[2] && wx + ww > area[0]
      && Math.min(wy + wh, area[1] + area[3]) - Math.max(wy, area[1]) > 0.4 * wh);
    if (inside.length) await keep(lines(inside));
    else say("Hier staan geen woorden. Houd Alt ingedrukt om een vrij vlak te tekenen, bijvoorbeeld om een foto of handtekening.");
  } catch (problem) { await tell(problem); }
});

function pick(event) {
  const mark = document.elementsFromPoint(event.clientX, event.clientY).find((el) => el.closest?.("g.mark"))?.closest("g.mark");
  if (mark) select(optionOf(mark.dataset.for.slice(2)));
}

// -- word cursor ------------------------------------------------------------------------------------------------------
export async function startWords() {
  if (!mayDraw()) return;
  try {
    const found = await pageWords();
    if (!found.length) { say("Op deze pagina zijn geen woorden gevonden."); return; }
    cursor = { words: found, from: 0, to: 0 };
    paintCursor();
  } catch (problem) { await tell(problem); }
}

/** A key while the word cursor is open; true where it was used. */
export function wordKey(event) {
  if (!cursor) return false;
  const moved = move(event.key);
  if (moved !== null) {
    cursor.to = moved;
    if (!event.shiftKey) cursor.from = moved;
  } else if (event.key === "Enter") {
    const chosen = picked();
    cursor = null;
    paintCursor();
    keep(lines(chosen));
    return true;
  } else if (event.key === "Escape") { cursor = null; say("Gestopt met tekenen."); }
  else return event.key !== "Tab";
  paintCursor();
  return true;
}

const picked = () => cursor.words.slice(Math.min(cursor.from, cursor.to), Math.max(cursor.from, cursor.to) + 1);

function move(key) {
  const { words: all, to } = cursor;
  if (key === "ArrowRight") return Math.min(all.length - 1, to + 1);
  if (key === "ArrowLeft") return Math.max(0, to - 1);
  if (key === "Home") return 0;
  if (key === "End") return all.length - 1;
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  const [, x, y, w, h] = all[to], down = key === "ArrowDown";
  const others = all.map((word, index) => ({ index, gap: down ? word[2] - (y + h / 2) : (y + h / 2) - (word[2] + word[4]), side: Math.abs(word[1] + word[3] / 2 - x - w / 2) }))
    .filter((o) => o.gap > 0);
  if (!others.length) return to;
  const nearest = Math.min(...others.map((o) => o.gap));
  return others.filter((o) => o.gap < nearest + h * 0.7).sort((a, b) => a.side - b.side)[0].index;
}

function paintCursor() {
  svg().querySelectorAll(".word-cursor").forEach((el) => el.remove());
  if (!cursor) return;
  for (const [, x, y, width, height] of picked()) svg().append(draw("rect", { class: "word-cursor", x: x - 1, y: y - 1, width: width + 2, height: height + 2 }));
  svg().querySelector(".word-cursor").scrollIntoView({ block: "nearest" });
  say(`Selectie: ${picked().map((w) => w[0]).join(" ")}. Enter lakt, Esc stopt.`);
}
