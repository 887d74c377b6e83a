// Talks to the server: one change at a time and in order, so that a quick second key never races the first.
const bench = document.querySelector("#inhoud");
let chain = Promise.resolve(), waiting = 0;

/** The server said no; `status` 409 means: somebody else changed it first. */
export class Refused extends Error {
  constructor(message, status) { super(message); this.status = status; }
}

/** Send a form after all earlier ones. `fields` may be a function, called when its turn has come. */
export function post(path, fields) {
  note(1);
  const work = chain.then(painted).then(() => send(path, typeof fields === "function" ? fields() : fields)).finally(() => note(-1));
  chain = work.catch(() => {});
  return work;
}

/** First the screen, then the network: a key must be seen at once. A hidden tab paints nothing, so there is an end to it. */
const painted = () => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 60); });

/** How many changes are still on their way; leaving the page then asks for a confirmation. */
function note(change) {
  waiting += change;
  bench.dataset.waiting = String(waiting);
}
addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });

export async function read(path) {
  return answer(await fetch(path, { headers: { accept: "application/json" } }).catch(offline));
}

async function send(path, fields) {
  const body = new URLSearchParams({ ...fields, csrf: bench.dataset.csrf });
  return answer(await fetch(path, { method: "POST", body, keepalive: String(body).length < 60000, headers: { accept: "application/json" } }).catch(offline));
}

async function answer(response) {
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new Refused(problem.message ?? "De server gaf geen goed antwoord. Uw wijziging is niet opgeslagen.", response.status);
}

function offline() {
  throw new Refused("Er is geen verbinding. Uw wijziging is niet opgeslagen. Probeer het opnieuw.", 0);
}
