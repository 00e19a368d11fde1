// The form that logs a visit: what does not fit what was chosen steps aside. Without script all of it
// is there, and the server judges.
const visit = document.querySelector("form.log");
const chosen = (name) => new FormData(visit).get(name) || "";

function day() {
  if (chosen("day") !== "khac") return chosen("day");
  const [date, month, year] = chosen("other_day").split("/");
  return year ? `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}` : "";
}

// data-days: "from/until from/until", the second day no longer in it, an open end empty.
function wasThere(element) {
  return !day() || (element.dataset.days || "/").split(" ").some((span) => {
    const [since, until] = span.split("/");
    return since <= day() && (!until || day() < until);
  });
}

// The communes that were the officer's that day; when none was, all stay, each saying until when.
const communes = [...visit.querySelectorAll("[name=commune][data-days]")];
const communeList = visit.querySelector("select[name=commune]");
const listed = communeList ? [...communeList.options] : [];
function offerCommunes() {
  if (communeList) only(communeList, fittingOr(listed));
  const fitting = fittingOr(communes);
  for (const radio of communes) {
    radio.closest("label").hidden = !fitting.includes(radio);
    if (!fitting.includes(radio)) radio.checked = false;
  }
  if (fitting.length === 1) fitting[0].checked = true;
}

function fittingOr(all) {
  const fitting = all.filter(wasThere);
  return fitting.some((one) => one.dataset.days) ? fitting : all;
}

// A select that holds some of its options; what was chosen stays chosen while it is among them.
function only(select, options) {
  const value = select.value;
  select.replaceChildren(...options);
  select.value = options.some((option) => option.value === value) ? value : "";
}

// The cells of that commune, that day; where none is listed its name is typed.
const cellList = visit.querySelector("select[name=cell]");
const cells = cellList ? [...cellList.options] : [];
let wasNoneListed = false;
function offerCells() {
  const commune = chosen("commune");
  const fitting = cells.filter((cell) => !cell.dataset.commune || (cell.dataset.commune === commune && wasThere(cell)));
  const isNoneListed = commune && !fitting.some((cell) => cell.dataset.commune);
  only(cellList, fitting);
  if (isNoneListed) cellList.value = "khac";
  else if (wasNoneListed) cellList.value = "";
  wasNoneListed = isNoneListed;
}

// Joining a visit gives up what was chosen where that differs: the choice says so.
function compare(radio) {
  const kind = visit.querySelector("[name=kind]:checked"), isMeeting = chosen("kind") === "cell_meeting";
  const option = cellList.selectedOptions[0];
  const cell = !isMeeting || !option?.value ? "" : option.value === "khac" ? chosen("cell_name") : option.textContent.trim();
  const differs = kind && day() && (kind.value !== radio.dataset.kind || day() !== radio.dataset.day || cell !== radio.dataset.cell);
  const said = radio.closest("label").querySelector("[data-will-be]");
  said.hidden = !differs;
  if (differs) said.querySelector("[data-chosen]").textContent = [kind.closest("label").textContent.trim(), cell, `ngày ${day().split("-").reverse().join("/")}`].filter(Boolean).join(", ");
}

// Visits to that commune within three days that may have been the same.
const offers = visit.querySelector("[data-offers]");
const radios = offers ? [...offers.querySelectorAll("input[data-day]")] : [];
function offerJoining() {
  const near = (radio) => Math.abs(Date.parse(radio.dataset.day) - Date.parse(day())) <= 3 * 86400e3;
  const fits = (radio) => radio.dataset.commune === chosen("commune") && radio.dataset.outcome === chosen("outcome") && near(radio);
  for (const radio of radios) {
    radio.closest("label").hidden = !fits(radio);
    if (!fits(radio)) radio.checked = false;
    compare(radio);
  }
  offers.hidden = !radios.some(fits);
}

function refresh() {
  if (!cellList) return; // the visit is given: there is nothing to choose
  offerCommunes();
  offerCells();
  if (offers) offerJoining();
}

visit.addEventListener("change", refresh);
visit.addEventListener("input", (event) => { if (["other_day", "cell_name"].includes(event.target.name)) refresh(); });
refresh();

// A petition that is folded away again is not an empty one.
for (const block of visit.querySelectorAll("details.heard")) {
  const mark = () => block.toggleAttribute("data-used", block.querySelector("textarea").value.trim() !== "");
  block.addEventListener("toggle", mark);
  mark();
}

// Asked before sending: the page coming back would have lost the files.
document.addEventListener("submit", (event) => {
  if (event.target !== visit || !offers || offers.hidden || chosen("joins")) return;
  event.preventDefault();
  event.stopPropagation();
  offers.querySelector(".ask-first").hidden = false;
  offers.scrollIntoView({ block: "center" });
  offers.querySelector("label:not([hidden]) input").focus({ preventScroll: true });
}, true);

// Sent back: the first field that is wrong has the cursor, unless something is said of the whole.
const mistakes = document.querySelector("[data-mistakes]");
if (mistakes && mistakes.previousElementSibling === mistakes.parentElement.firstElementChild) {
  const first = document.querySelector(mistakes.querySelector("a").hash);
  first.focus({ preventScroll: true });
  (first.closest("fieldset") || first.parentElement).scrollIntoView({ block: "center" });
}
