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
  const button = Object.assign(document.createElement("span"), { className: "btn-plain", textContent: "Chọn tệp…" });
  const name = document.createElement("span");
  const refresh = () => {
    name.textContent = input.files.length ? input.files[0].name : "Chưa chọn tệp nào";
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

// On a phone the filters wait behind a button, unless they are in use.
const filters = document.querySelector(".fold-filters:not([data-in-use])");
if (filters && matchMedia("(max-width: 760px)").matches) filters.open = false;

// On a phone the tabs scroll sideways: start with the current one in sight.
const tab = document.querySelector(".tabs [aria-current]");
if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 24;

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
