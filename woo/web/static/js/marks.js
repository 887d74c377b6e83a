// The boxes of the page on screen: the list, the drawing over the picture, and which one is chosen.
const LABEL = { redact: "lakken", keep: "niet lakken", open: "open" };
const SVG = "http://www.w3.org/2000/svg";
export const versions = new Map(); // box -> the version that we saw last, also of boxes on other pages

export const sheet = () => document.querySelector(".woo-sheet");
export const list = () => document.querySelector("#voorstellen");
export const svg = () => document.querySelector("svg.woo-marks");
export const options = () => [...list().children];
export const current = () => list().querySelector("[aria-selected=true]");
export const keyOf = (option) => option.id.slice(2);
export const optionOf = (key) => document.getElementById(`k-${key}`);
const markOf = (option) => svg().querySelector(`[data-for="${option.id}"]`);
const shown = (code) => code.replace(/^(\d+\.\d+\.\d+)\.([a-z])$/, "$1$2");
const tone = (code) => `g-${shown(code).replaceAll(".", "-")}`;

const status = document.querySelector("#status");
/** Tell the user, and a screen reader, what happened. */
export function say(text, bad = false) {
  status.textContent = text;
  status.classList.toggle("is-bad", bad);
}

/** Take a new page into account: remember versions, size the labels, choose the first open box. */
export function settle(wanted) {
  for (const option of options()) versions.set(keyOf(option), option.dataset.version);
  select(optionOf(wanted) ?? options().find((o) => o.dataset.state === "open") ?? options()[0], false);
  sizeLabels();
}

/** Labels stay 11 CSS pixels high at every zoom; on a very small picture they would hide it, and the list has them too. */
export function sizeLabels() {
  const scale = svg().getBoundingClientRect().width / svg().viewBox.baseVal.width;
  if (scale > 0) svg().style.setProperty("--u", String(1 / scale));
  svg().classList.toggle("is-small", scale > 0 && scale < 0.65);
}

export function select(option, scroll = true) {
  if (!option) return;
  const old = current();
  if (old) { old.setAttribute("aria-selected", "false"); markOf(old)?.classList.remove("current"); }
  option.setAttribute("aria-selected", "true");
  list().setAttribute("aria-activedescendant", option.id);
  const mark = markOf(option);
  mark?.classList.add("current");
  const choice = sheet().querySelector("[data-do=ground]");
  if (choice) choice.value = option.dataset.ground;
  option.scrollIntoView({ block: "nearest" });
  if (scroll && mark) reveal(mark);
}

function reveal(mark) {
  const desk = sheet().querySelector(".woo-desk"), box = mark.getBoundingClientRect(), frame = desk.getBoundingClientRect();
  if (desk.scrollHeight <= desk.clientHeight) return;
  if (box.top < frame.top + 30 || box.bottom > frame.bottom - 30) desk.scrollTop += box.top - frame.top - frame.height / 3;
}

export function step(delta) {
  const all = options();
  if (all.length) select(all[Math.min(all.length - 1, Math.max(0, all.indexOf(current()) + delta))]);
}

/** The next box without a decision on this page, after the chosen one and then from the top. */
export function nextOpen() {
  const all = options(), at = all.indexOf(current());
  return [...all.slice(at + 1), ...all.slice(0, at + 1)].find((o) => o.dataset.state === "open");
}

export const stateOf = (option) => ({ key: keyOf(option), verdict: option.dataset.state, ground: option.dataset.ground });

/** Paint a decision. */
export function show(key, verdict, ground) {
  const option = optionOf(key);
  if (!option) return;
  const mark = markOf(option), chip = option.querySelector(".woo-ground");
  option.dataset.state = verdict;
  mark.dataset.state = verdict;
  option.querySelector(".verdict").textContent = LABEL[verdict];
  if (ground && ground !== option.dataset.ground) {
    for (const el of [mark, chip]) el.classList.replace(tone(option.dataset.ground), tone(ground)) || el.classList.add(tone(ground));
    option.dataset.ground = ground;
    chip.textContent = mark.querySelector("text").textContent = shown(ground);
  }
  count();
}

function count() {
  const done = options().filter((o) => o.dataset.state !== "open").length, bar = sheet().querySelector("progress");
  bar.max = options().length;
  bar.value = done;
  document.querySelector("#done").textContent = done;
  document.querySelector("#total").textContent = options().length;
  document.querySelector(".woo-empty").hidden = options().length > 0;
}

/** Add a box that was just drawn and kept. */
export function add(mark) {
  const group = draw("g", { class: `mark ${tone(mark.ground)}`, "data-for": `k-${mark.id}`, "data-state": mark.verdict });
  for (const [x, y, width, height] of mark.rects) group.append(draw("rect", { x, y, width, height }));
  const label = draw("text", { x: mark.rects[0][0], y: mark.rects[0][1], dy: "-.15em" });
  label.textContent = shown(mark.ground);
  group.append(label);
  svg().append(group);
  const option = document.createElement("li");
  option.id = `k-${mark.id}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  Object.assign(option.dataset, { version: mark.version, state: mark.verdict, ground: mark.ground, text: mark.text });
  option.append(part("span", `woo-ground ${tone(mark.ground)}`, shown(mark.ground)), " ", part("q", "", mark.text), " ",
    part("span", "verdict", LABEL[mark.verdict]), " ", part("span", "why", `${mark.kind}. ${mark.why}`));
  list().append(option);
  versions.set(mark.id, String(mark.version));
  count();
  select(option, false);
}

export function draw(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function part(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

export { LABEL };
