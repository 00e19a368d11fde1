// Writing a report: the draft is saved on the server while one types. Without script the button
// saves it; without a line draft.js keeps it in this browser.

const form = document.querySelector("form[data-autosave]");
const state = form.querySelector("[data-saved-at]");
const refused = form.querySelector("[data-refused]");
const local = `draft:${form.dataset.draft}:${location.pathname}${location.search}`;
const PAUSE = 2500, LONGEST_WAIT = 20000;
let timer, firstTyped, isSending = false, isStale = false, isStopped = false;

function areas() {
  return [...form.querySelectorAll(".part textarea")];
}

// The text a section was begun from goes with it, so that nobody writes over somebody else.
function base(area) {
  return form.elements[`initial-${area.name}`];
}

function say(words) {
  state.textContent = words;
}

function refuse({ sentence, has_two_texts: hasTwoTexts }) {
  isStopped = true;
  say("");
  refused.querySelector("span").textContent = hasTwoTexts ? `${sentence} Bấm “Lưu bản soạn” để xem cả hai bản.` : sentence;
  refused.hidden = false;
}

async function send() {
  const sent = new Map(areas().map((area) => [area, area.value]));
  const answer = await fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
  if (answer.status === 409) return refuse(await answer.json());
  if (!answer.ok) throw new Error(answer.status);
  const { saved_at: savedAt } = await answer.json();
  for (const [area, text] of sent) base(area).value = text;
  if (!isStale) localStorage.removeItem(local);
  say(`Đã lưu lúc ${savedAt}`);
}

async function save() {
  if (isSending || isStopped) return;
  isSending = true;
  isStale = false;
  firstTyped = undefined;
  say("Đang lưu…");
  try {
    await send();
    if (isStale) wait();
  } catch {
    say("Chưa lưu lên máy chủ, nội dung vẫn giữ trên máy này");
    timer = setTimeout(save, LONGEST_WAIT);
  }
  isSending = false;
}

function wait() {
  clearTimeout(timer);
  firstTyped ??= Date.now();
  timer = setTimeout(save, Math.max(0, Math.min(PAUSE, firstTyped + LONGEST_WAIT - Date.now())));
}

// What is still empty is listed as one types.
const empty = form.querySelector("[data-still-empty]");
function listEmpty() {
  for (const area of areas()) empty.querySelector(`[data-part="${area.name}"]`).hidden = area.value.trim() !== "";
  empty.hidden = !empty.querySelector("[data-part]:not([hidden])");
}

form.addEventListener("input", () => {
  isStale = true;
  listEmpty();
  if (!isStopped) wait();
});
form.addEventListener("submit", () => { clearTimeout(timer); isStopped = true; });
window.addEventListener("pageshow", (event) => { if (event.persisted) isStopped = false; });
listEmpty();
