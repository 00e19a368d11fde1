// A form that takes time to fill in is kept in this browser until the server has it: the session may
// end, the line may break. Files are not kept. app.js forgets what was sent, what is old, and what
// somebody leaves who logs out.

const form = document.querySelector("form[data-draft]");
const notice = document.querySelector("[data-draft-notice]");
const page = `draft:${form.dataset.draft}:${location.pathname}`;
const key = page + location.search;
// The server sent it back with what was typed in it.
const isSentBack = form.hasAttribute("data-sent-back");

function read(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}

function names() {
  try { return Object.keys(localStorage); } catch { return []; }
}

// Worth keeping is what somebody wrote, with all that was chosen around it.
function isWritten() {
  const texts = [...form.querySelectorAll("textarea, input[type=text]")];
  return isSentBack || texts.some((text) => text.value !== text.defaultValue);
}

function keep() {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  try {
    if (isWritten()) localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: Object.fromEntries(fields) }));
    else localStorage.removeItem(key);
  } catch { /* full, or not allowed to keep anything: the form works all the same */ }
}

// The "today" of an earlier day is none of today's choices: it becomes a date that is typed.
function dated(values) {
  const isOffered = [...form.querySelectorAll("[name=day]")].some((radio) => radio.value === values.day);
  if (!values.day || isOffered) return values;
  return { ...values, day: "khac", other_day: values.day.split("-").reverse().join("/") };
}

function putBack(values) {
  for (const control of form.elements) {
    if (!(control.name in values) || control.type === "file") continue;
    if (control.type === "radio") control.checked = control.value === values[control.name];
    else control.value = values[control.name];
    const details = control.closest("details");
    if (details && control.value) details.open = true;
  }
}

function when(at) {
  const moment = new Date(at), two = (number) => String(number).padStart(2, "0");
  return `${two(moment.getHours())}:${two(moment.getMinutes())} ngày ${two(moment.getDate())}/${two(moment.getMonth() + 1)}`;
}

function say(...parts) {
  notice.querySelector("span").replaceChildren(...parts);
  notice.hidden = false;
}

function linkTo(name) {
  const link = document.createElement("a");
  link.href = name.slice(name.indexOf("/"));
  link.textContent = `Mở nội dung ghi dở lúc ${when(read(name).at)}`;
  return link;
}

const draft = isSentBack ? null : read(key);
const others = names().filter((name) => name.startsWith(page) && name !== key && read(name));
const drop = notice.querySelector("button");
drop.hidden = !draft;
if (isSentBack) keep();
else if (draft) {
  putBack(dated(draft.values));
  say(`Đã lấy lại nội dung ghi dở lúc ${when(draft.at)}, chưa gửi. Ảnh, tệp nếu có thì chọn lại.`);
} else if (others.length) say("Còn nội dung chưa gửi. ", ...others.slice(0, 3).map(linkTo));
drop.addEventListener("click", () => {
  localStorage.removeItem(key);
  location.replace(location.href);
});

for (const event of ["input", "change"]) form.addEventListener(event, keep);

// Without a line nothing is sent, and nothing is lost.
const offline = document.querySelector("[data-offline]");
document.addEventListener("submit", (event) => {
  if (event.target !== form || navigator.onLine) return;
  event.preventDefault();
  event.stopPropagation();
  keep();
  offline.hidden = false;
}, true);
window.addEventListener("online", () => { offline.hidden = true; });
