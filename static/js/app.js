// Small comforts; every page works without them.
"use strict";

// A control that changes what is shown submits its form, unless somebody is still typing.
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.classList.add("auto");
  form.addEventListener("change", (event) => {
    if (event.target.type === "search" || !form.reportValidity()) return;
    form.requestSubmit();
  });
}

// A date is typed as dd/mm/yyyy whatever language the browser speaks; the browser's own calendar
// stands beside it.
for (const input of document.querySelectorAll("input[data-date]")) {
  const calendar = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 });
  if (!calendar.showPicker) continue;
  calendar.setAttribute("aria-hidden", "true");
  const button = Object.assign(document.createElement("button"), { type: "button", title: "Mở lịch" });
  button.setAttribute("aria-label", "Mở lịch");
  const box = document.createElement("span");
  box.className = "date-box";
  input.before(box);
  box.append(input, button, calendar);
  button.addEventListener("click", () => {
    const [day, month, year] = input.value.split("/");
    calendar.value = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
    calendar.showPicker();
  });
  calendar.addEventListener("change", (event) => {
    event.stopPropagation();
    if (!calendar.value) return;
    input.value = calendar.value.split("-").reverse().join("/");
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// The browser's own file chooser speaks the browser's language; over it stands one in Vietnamese.
for (const input of document.querySelectorAll('input[type="file"]')) {
  const box = Object.assign(document.createElement("span"), { className: "file-box form-control" });
  const button = Object.assign(document.createElement("span"), { className: "btn-plain", textContent: input.dataset.button || "Chọn tệp…" });
  const name = document.createElement("span");
  const refresh = () => {
    const names = [...input.files].map((file) => file.name);
    name.textContent = names.length > 1 ? `${names.length} tệp: ${names.join(", ")}` : names[0] || "Chưa chọn tệp nào";
    name.classList.toggle("is-empty", !input.files.length);
    input.title = name.textContent;
  };
  box.classList.toggle("is-invalid", input.classList.contains("is-invalid"));
  for (const part of [button, name]) part.setAttribute("aria-hidden", "true");
  input.before(box);
  box.append(input, button, name);
  input.addEventListener("change", refresh);
  refresh();
}

// Empty parameters only make addresses long.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}

// One box ticks all; actions on ticked rows wake up when there is something to act on.
for (const all of document.querySelectorAll("[data-tick-all]")) {
  const boxes = [...document.querySelectorAll(`input[name="${all.dataset.tickAll}"]`)];
  const buttons = [...document.querySelectorAll("[data-needs-ticks]")];
  const count = document.querySelector("[data-tick-count]");
  const refresh = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    for (const button of buttons) button.disabled = ticked === 0;
    if (count) count.textContent = ticked ? `Đã chọn ${ticked} dòng` : "Chọn các dòng cần xử lý";
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    refresh();
  });
  for (const box of boxes) box.addEventListener("change", refresh);
  refresh();
}

// A table wider than the screen shows its newest columns first.
for (const box of document.querySelectorAll(".matrix-box")) box.scrollLeft = box.scrollWidth;

// Printing is offered where it works.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A form is sent once, and says that it is being worked on.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.classList.add("is-sending");
  });
}
// Coming back with the browser's Back button must not find the form asleep.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.classList.remove("is-sending");
  }
});

// What was typed and is not sent yet (draft.js) is forgotten once the server has it, after a week,
// and when its writer logs out.
function forgetDrafts(isToGo) {
  let keys = [];
  try { keys = Object.keys(localStorage); } catch { /* a browser that keeps nothing has nothing to forget */ }
  for (const key of keys.filter((name) => name.startsWith("draft:"))) {
    let draft = null;
    try { draft = JSON.parse(localStorage.getItem(key)); } catch { /* what cannot be read goes too */ }
    if (!draft?.values || isToGo(key, draft)) localStorage.removeItem(key);
  }
}
const entered = [...document.querySelectorAll("[data-entered]")].map((notice) => notice.dataset.entered);
forgetDrafts((key, draft) => Date.now() - draft.at > 7 * 86400e3 || entered.includes(draft.values.entry_key));
for (const form of document.querySelectorAll("form[data-forget-drafts]")) {
  form.addEventListener("submit", () => forgetDrafts((key) => key.startsWith(`draft:${form.dataset.forgetDrafts}:`)));
}

// On a phone the filters wait behind a button; the head of the page says what they are set to.
const filters = document.querySelector(".fold-filters");
if (filters && matchMedia("(max-width: 760px)").matches) filters.open = false;

// On a phone the tabs scroll sideways: each row starts with the current one in sight.
for (const tab of document.querySelectorAll(".tabs [aria-current], .subtabs [aria-current]"))
  tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 24;

// Menus and explanations close when one clicks elsewhere or presses Escape.
const floating = () => document.querySelectorAll("details.who[open], details.why[open]");
document.addEventListener("click", (event) => {
  for (const details of floating()) if (!details.contains(event.target)) details.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const details of floating()) {
    details.open = false;
    details.querySelector("summary").focus();
  }
});
