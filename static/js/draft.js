// A form that takes time to fill in is kept in this browser until the server has it: the session may
// end, the line may break. Files are not kept. app.js forgets what was sent, is old, or was left by
// somebody who logs out.
const form = document.querySelector("form[data-draft]");
const drafts = `draft:${form.dataset.draft}:${location.pathname}`;
const place = drafts + location.search;
const notice = document.querySelector("[data-draft-notice]");

function typed() {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  return Object.fromEntries(fields);
}

function kept(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

const same = (values, others) => JSON.stringify({ ...values, entry_key: "" }) === JSON.stringify({ ...others, entry_key: "" });
const asItCame = typed();

function keep() {
  try {
    if (same(typed(), asItCame) && !form.hasAttribute("data-sent-back")) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify({ at: Date.now(), values: typed() }));
  } catch { /* full, or not allowed to keep anything: the form works all the same */ }
}

function put(values) {
  const radios = [...form.querySelectorAll("input[type=radio]")];
  for (const [name, value] of Object.entries(values)) {
    const group = radios.filter((radio) => radio.name === name);
    // The "today" of an earlier day is a date to be typed.
    const other = form.elements[`other_${name}`];
    if (other && value.includes("-") && !group.some((radio) => radio.value === value)) {
      values[name] = "khac";
      values[other.name] = value.split("-").reverse().join("/");
    }
  }
  for (const control of form.elements) {
    if (!(control.name in values)) continue;
    if (control.type === "radio") control.checked = control.value === values[control.name];
    else if (control.type !== "file") control.value = values[control.name];
    if (control.value && control.closest("details") && control.type !== "file") control.closest("details").open = true;
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function when(at) {
  return new Date(at).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit" });
}

function say(text, action) {
  notice.querySelector("span").textContent = text;
  notice.querySelector("button").hidden = !action;
  notice.hidden = false;
}

// Back again with nothing typed: what was typed before returns.
const draft = form.hasAttribute("data-sent-back") ? null : kept(place);
if (draft && !same(draft.values, asItCame)) {
  put(draft.values);
  say(`Đã lấy lại nội dung ghi dở lúc ${when(draft.at)}, chưa gửi. Ảnh, tệp nếu có thì chọn lại.`, true);
  notice.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(place);
    location.replace(location.href);
  });
} else if (!draft) {
  let others = [];
  try { others = Object.keys(localStorage).filter((key) => key.startsWith(drafts) && key !== place); } catch { /* none */ }
  for (const key of others.slice(0, 3)) {
    if (!kept(key)) continue;
    const link = document.createElement("a");
    link.href = key.slice(drafts.length - location.pathname.length);
    link.textContent = `Mở nội dung ghi dở lúc ${when(kept(key).at)}`;
    say("Còn nội dung chưa gửi. ", false);
    notice.querySelector("span").append(link);
  }
}
if (form.hasAttribute("data-sent-back")) keep();

for (const event of ["input", "change"]) form.addEventListener(event, keep);

// Without a line nothing is sent, and nothing is lost.
const offline = document.querySelector("[data-offline]");
document.addEventListener("submit", (event) => {
  if (event.target !== form || navigator.onLine) return;
  event.preventDefault();
  event.stopPropagation();
  keep();
  offline.hidden = false;
  offline.scrollIntoView({ block: "nearest" });
}, true);
window.addEventListener("online", () => { offline.hidden = true; });
