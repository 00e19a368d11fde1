// Moving a commune by dragging it to another officer: the drop fills in the form "Chuyển một Đảng
// bộ bất kỳ" and sends it, so that the server says whether it may be. The selects do the same
// without script, and for who uses the keyboard.

const form = document.querySelector("form[data-move]");
const PLACE = "reassignment:scroll";
let dragged = null;

document.querySelector("[data-drag-hint]").hidden = false;
for (const chip of document.querySelectorAll("[data-commune]")) {
  chip.draggable = true;
  chip.addEventListener("dragstart", (event) => {
    dragged = chip;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", chip.dataset.commune);
  });
  chip.addEventListener("dragend", () => { dragged = null; });
}
for (const officer of document.querySelectorAll("[data-officer]")) {
  const takes = () => dragged && !officer.contains(dragged);
  officer.addEventListener("dragover", (event) => {
    if (!takes()) return;
    event.preventDefault();
    officer.classList.add("is-over");
  });
  officer.addEventListener("dragleave", () => officer.classList.remove("is-over"));
  officer.addEventListener("drop", (event) => {
    if (!takes()) return;
    event.preventDefault();
    officer.classList.remove("is-over");
    form.elements.dang_bo.value = dragged.dataset.commune;
    form.elements.can_bo.value = officer.dataset.officer;
    sessionStorage.setItem(PLACE, scrollY);
    form.requestSubmit();
  });
}

// The page that answers stands where this one stood.
const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (place && !document.querySelector('[role="alert"]')) scrollTo(0, Number(place));
