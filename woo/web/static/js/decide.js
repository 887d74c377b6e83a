// Decisions: painted at once, saved after; a refused save puts everything back. Undo and redo without limit.
import { Refused, post, read } from "./api.js";
import { LABEL, current, keyOf, nextOpen, optionOf, options, say, select, sheet, show, stateOf, versions } from "./marks.js";
import { forget, reload } from "./pages.js";

const done = [], undone = []; // each entry: { before: [...], after: [...] } of { key, verdict, ground }
const here = () => `${sheet().dataset.base}/${sheet().dataset.page}`;
const paint = (states) => states.forEach((s) => show(s.key, s.verdict, s.ground));
const plural = (n) => `${n} ${n === 1 ? "kader" : "kaders"}`;

/** Decide on the chosen box and go on to the next open one. */
export async function decide(verdict, ground, weighing = "") {
  const option = current();
  if (!option) return;
  const before = [stateOf(option)];
  const after = [{ key: keyOf(option), verdict, ground: ground ?? option.dataset.ground }];
  const entry = { before, after };
  done.push(entry);
  undone.length = 0;
  paint(after);
  const next = nextOpen();
  if (next) select(next);
  const rest = next ? "" : sheet().dataset.nextOpen ? " Alles op deze pagina is beslist: O gaat naar het volgende open kader."
    : " Alles in dit document is beslist.";
  say(`${LABEL[verdict]}${verdict === "redact" ? ` (${option.querySelector(".woo-ground").textContent})` : ""}.${rest}`);
  await save(entry, () => ({ besluit: verdict, grond: verdict === "redact" ? after[0].ground : "", afweging: weighing, kaders: `${after[0].key}:${versions.get(after[0].key)}` }));
}

async function save(entry, fields) {
  try {
    learn(await post(`${here()}/beslissen`, fields));
  } catch (problem) {
    const place = done.indexOf(entry);
    if (place >= 0) done.splice(place, 1);
    paint(entry.before);
    select(optionOf(entry.before[0].key));
    await tell(problem);
  }
}

/** The same decision for all boxes with the same text: first how many, then a choice of how far. */
export async function decideSame(verdict) {
  const option = current();
  if (!option) return;
  const key = keyOf(option), ground = option.dataset.ground;
  try {
    const counts = await read(`${sheet().closest("main").dataset.case}/voorstellen/${key}/gelijk`);
    const scope = counts.case === 1 ? "page" : await ask(option, verdict, counts);
    if (!scope) return;
    const answer = await post(`${here()}/beslissen`, () => ({ besluit: verdict, bereik: scope,
      grond: verdict === "redact" ? ground : "", kaders: `${key}:${versions.get(key)}` }));
    done.push({ before: answer.rows.map((r) => ({ key: r.id, verdict: r.before[0], ground: r.before[1] })),
      after: answer.rows.map((r) => ({ key: r.id, verdict: r.verdict, ground: r.ground })) });
    undone.length = 0;
    learn(answer);
    paint(done.at(-1).after);
    if (answer.elsewhere) forget();
    const next = nextOpen();
    if (next) select(next);
    say(`${plural(answer.rows.length)}: ${LABEL[verdict]}. U maakt dit in één keer ongedaan.`);
  } catch (problem) { await tell(problem); }
}

function ask(option, verdict, counts) {
  const dialog = document.querySelector("#same");
  document.querySelector("#same-text").textContent = `“${option.dataset.text}”: ${LABEL[verdict]}.`;
  const label = { page: "Op deze pagina", document: "In dit document", case: "In het hele dossier" };
  for (const [scope, text] of Object.entries(label)) dialog.querySelector(`[value=${scope}]`).textContent = `${text}: ${plural(counts[scope])}`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

/** Take the last decision back, also one on many boxes at once or on another page. */
export const undo = () => swap(done, undone, "before", "Ongedaan gemaakt");
export const redo = () => swap(undone, done, "after", "Opnieuw gedaan");

async function swap(from, to, side, words) {
  const entry = from.pop();
  if (!entry) { say("Er is niets om ongedaan te maken."); return; }
  to.push(entry);
  const states = entry[side];
  paint(states);
  const first = states.map((s) => optionOf(s.key)).find(Boolean);
  if (first) select(first);
  say(`${words}: ${plural(states.length)}${first ? "" : " op een andere pagina"}.`);
  try {
    const answer = await post(`${here()}/beslissen`, () => ({ terug: states.map((s) => `${s.key}:${versions.get(s.key)}:${s.verdict}:${s.ground}`).join(" ") }));
    learn(answer);
    if (answer.elsewhere) forget();
  } catch (problem) {
    to.pop();
    paint(entry[side === "before" ? "after" : "before"]);
    await tell(problem);
  }
}

/** A drawn box: undo makes it "not redacted", since it stays in the history. */
export function drawn(mark) {
  done.push({ before: [{ key: mark.id, verdict: "keep", ground: mark.ground }], after: [{ key: mark.id, verdict: "redact", ground: mark.ground }] });
  undone.length = 0;
}

/** Say what was refused; after a conflict the page is read anew, so that she sees what the other decided. */
export async function tell(problem) {
  if (!(problem instanceof Refused)) throw problem;
  if (problem.status === 409) await reload();
  say(problem.message, true);
}

/** Take in what the server kept: the new versions, and what stays readable beside what is redacted. */
function learn({ rows, readable }) {
  sheet().querySelector(".woo-readable").textContent = readable.join(" ");
  for (const row of rows) {
    versions.set(row.id, String(row.version));
    const option = optionOf(row.id);
    if (option) option.dataset.version = row.version;
  }
}

export { here, options };
