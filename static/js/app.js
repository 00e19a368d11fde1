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
