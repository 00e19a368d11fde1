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

// Worth keeping is what somebody wrote or chose: what differs from the page as it came.
function filledIn() {
  const unwritten = /^(csrfmiddlewaretoken|version)$|_key$/;
  return JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !unwritten.test(name)));
}
const untouched = filledIn();

function isWritten() {
  return isSentBack || filledIn() !== untouched;
}

// By what somebody tells one draft from another: where and on which day it was.
function about(values) {
  const place = form.querySelector("input[name=commune]:checked")?.closest("label") || form.querySelector("select[name=commune]")?.selectedOptions[0];
  const day = values.day === "khac" ? values.other_day : (values.day || "").split("-").reverse().join("/");
  return [values.commune && place?.textContent.trim(), day].filter(Boolean);
}

function keep() {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const values = Object.fromEntries(fields), boxes = [...form.querySelectorAll("input[type=checkbox]:checked")];
  const ticked = boxes.map((box) => `${box.name}=${box.value}`);  // several may have one name
  try {
    if (isWritten()) localStorage.setItem(key, JSON.stringify({ at: Date.now(), about: about(values), values, ticked }));
    else localStorage.removeItem(key);
  } catch { /* full, or not allowed to keep anything: the form works all the same */ }
}

// The "today" of an earlier day is none of today's choices: it becomes a date that is typed.
function dated(values) {
  const isOffered = [...form.querySelectorAll("[name=day]")].some((radio) => radio.value === values.day);
  if (!values.day || isOffered) return values;
  return { ...values, day: "khac", other_day: values.day.split("-").reverse().join("/") };
}

function putBack(values, ticked) {
  for (const control of form.elements) {
    if (!(control.name in values) || control.type === "file") continue;
    const before = `${control.checked}${control.value}`;
    if (control.type === "radio") control.checked = control.value === values[control.name];
    else if (control.type === "checkbox") control.checked = ticked.includes(`${control.name}=${control.value}`);
    else control.value = values[control.name];
    if (control.type !== "hidden" && `${control.checked}${control.value}` !== before) unfold(control);
  }
}

// What was written must be seen, however deep it is folded away.
function unfold(control) {
  for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function when(at) {
  const moment = new Date(at), two = (number) => String(number).padStart(2, "0");
  return `${two(moment.getHours())}:${two(moment.getMinutes())} ngày ${two(moment.getDate())}/${two(moment.getMonth() + 1)}`;
}

function say(...parts) {
  notice.querySelector("div").replaceChildren(...parts);
  notice.hidden = false;
}

function named(draft) {
  return ["Bản ghi dở: " + (draft.about || []).join(", "), `lúc ${when(draft.at)}`].join(draft.about?.length ? ", " : "");
}

// A draft of another address: opened there, or let go here.
function offered(name) {
  const line = document.createElement("p"), link = document.createElement("a"), button = document.createElement("button");
  line.className = "m-0";
  link.href = name.slice(name.indexOf("/"));
  link.className = button.className = "btn-plain";
  link.textContent = "Mở lại";
  button.type = "button";
  button.textContent = "Bỏ";
  button.addEventListener("click", () => {
    localStorage.removeItem(name);
    line.remove();
    notice.hidden = !notice.querySelector("p");
  });
  line.append(`${named(read(name))}. `, link, " ", button);
  return line;
}

const draft = isSentBack ? null : read(key);
const others = names().filter((name) => name.startsWith(page) && name !== key && read(name));
const drop = notice.querySelector(":scope > button");
drop.hidden = !draft;
if (isSentBack) keep();
else if (draft) {
  putBack(dated(draft.values), draft.ticked || []);
  say(`${named(draft)}, chưa gửi. Đã lấy lại nội dung ghi dở; ảnh, tệp nếu có thì chọn lại.`);
} else if (others.length) say(...others.slice(0, 3).map(offered));
drop.addEventListener("click", () => {
  localStorage.removeItem(key);
  location.replace(location.pathname + location.search);
});

for (const event of ["input", "change"]) form.addEventListener(event, keep);

// Without a line nothing is sent, and nothing is lost.
const offline = document.querySelector("[data-offline]");
document.addEventListener("submit", (event) => {
  if (event.target !== form || navigator.onLine) return;
  event.preventDefault();
  event.stopPropagation();
  keep();
  if (offline) offline.hidden = false;
}, true);
if (offline) window.addEventListener("online", () => { offline.hidden = true; });
