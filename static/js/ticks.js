// Long lists of boxes to tick: a search box keeps those in sight that match, a count says how many
// are ticked. Without script the whole list is there.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

for (const input of document.querySelectorAll("[data-finds]")) {
  const rows = [...document.getElementById(input.dataset.finds).children]
    .map((row) => [row, plain(row.querySelector("label").textContent)]);
  input.hidden = rows.length < 8;
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    for (const [row, text] of rows) row.hidden = !words.every((word) => text.includes(word));
  });
  // Enter searches; the form is sent by its button.
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

for (const count of document.querySelectorAll("[data-ticked]")) {
  const boxes = [...document.querySelectorAll(`input[name="${count.dataset.ticked}"][type="checkbox"]`)];
  const refresh = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent = ticked ? `đã chọn ${ticked}` : "";
  };
  for (const box of boxes) box.addEventListener("change", refresh);
  refresh();
}
