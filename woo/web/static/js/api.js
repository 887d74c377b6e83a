// Talks to the server: one change at a time and in order, so that a quick second key never races the first.
const bench = document.querySelector("#inhoud");
let chain = Promise.resolve();

/** The server said no; `status` 409 means: somebody else changed it first. */
export class Refused extends Error {
  constructor(message, status) { super(message); this.status = status; }
}

/** Send a form after all earlier ones. `fields` may be a function, called when its turn has come. */
export function post(path, fields) {
  const work = chain.then(() => send(path, typeof fields === "function" ? fields() : fields));
  chain = work.catch(() => {});
  return work;
}

export async function read(path) {
  return answer(await fetch(path, { headers: { accept: "application/json" } }).catch(offline));
}

async function send(path, fields) {
  const body = new URLSearchParams({ ...fields, csrf: bench.dataset.csrf });
  return answer(await fetch(path, { method: "POST", body, headers: { accept: "application/json" } }).catch(offline));
}

async function answer(response) {
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new Refused(problem.message ?? "De server gaf geen goed antwoord. Uw wijziging is niet opgeslagen.", response.status);
}

function offline() {
  throw new Refused("Er is geen verbinding. Uw wijziging is niet opgeslagen. Probeer het opnieuw.", 0);
}
