// One minute before an unused session ends, it is said, with a button to go on. What counts is what
// the server says: it is asked before anything is shown or left, so that all tabs agree and saving
// while one types counts. Asking so is no use of the session (X-By-Itself); pressing the button is.

const dialog = document.querySelector("[data-session-end]");
const left = dialog.querySelector("[data-left]");
const button = dialog.querySelector("button");
const warn = Number(dialog.dataset.warn);
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
const RETRY = 15;
let end, timer;

// To the login page, which says why and leads back; who has logged in meanwhile comes back at once.
function leave() {
  location.replace(dialog.dataset.login + encodeURIComponent(location.pathname + location.search));
}

async function ask(isByItself) {
  const answer = await fetch(dialog.dataset.address, { headers: isByItself ? { "X-By-Itself": "1" } : {}, cache: "no-store", redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).seconds;
}

function take(seconds) {
  end = Date.now() + seconds * 1000;
  if (seconds > warn && dialog.open) dialog.close();
  wait();
}

// A machine that slept wakes late: the clock is looked at again, not the timer trusted.
function wait() {
  clearTimeout(timer);
  const seconds = Math.ceil((end - Date.now()) / 1000);
  timer = setTimeout(seconds > warn ? look : count, seconds > warn ? Math.min((seconds - warn) * 1000, 60e3) : 1000);
}

async function look() {
  if (end - Date.now() > warn * 1000) return wait();
  let seconds;
  try { seconds = await ask(true); } catch { return void (timer = setTimeout(look, RETRY * 1000)); }
  if (seconds <= 0) return leave();
  end = Date.now() + seconds * 1000;
  if (seconds <= warn) {
    left.textContent = seconds;
    if (!dialog.open) dialog.showModal();
  }
  wait();
}

// The last minute: told in tens for who hears it, counted for who sees it.
function count() {
  const seconds = Math.ceil((end - Date.now()) / 1000);
  if (!dialog.open || seconds <= 0) return look();
  left.textContent = seconds;
  if (seconds % RETRY === 0) return look();
  wait();
}

async function goOn() {
  try {
    const seconds = await ask(false);
    if (seconds <= 0) return leave();
    take(seconds);
    tabs?.postMessage(seconds);
  } catch { look(); }
}

button.addEventListener("click", goOn);
dialog.addEventListener("cancel", (event) => { event.preventDefault(); goOn(); });
tabs?.addEventListener("message", (event) => take(event.data));
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
window.addEventListener("pageshow", (event) => { if (event.persisted) { end = 0; look(); } });
take(Number(dialog.dataset.seconds));
