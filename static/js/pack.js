// Making a pack of papers: each request makes one part, the script asks on until all are there.
// Without script the button makes the next part. What went wrong is said, and the button tries again.

const form = document.querySelector("form[data-making]");
const bar = document.querySelector("progress.making");
const next = document.querySelector("[data-next]");
const refused = document.querySelector("[data-refused]");
const button = form.querySelector("button");
const LOST = "Chưa nhận được trả lời của máy chủ. Kiểm tra đường truyền rồi bấm “Lập tiếp”.";

function show({ made, all, next: label }) {
  bar.value = made;
  document.querySelector("[data-made]").textContent = made;
  document.querySelector("[data-count]").textContent = `${made}/${all}`;
  next.textContent = label ? `Đang lập: ${label} (${made + 1}/${all})…` : "Đã lập xong.";
  button.textContent = `Lập tiếp (${Math.min(made + 1, all)}/${all})`;
}

function stop(sentence) {
  refused.querySelector("span").textContent = sentence;
  refused.hidden = false;
  next.textContent = "";
  button.disabled = false;
}

async function makeAll() {
  button.disabled = true;
  refused.hidden = true;
  next.textContent = next.textContent.replace("Tiếp theo:", "Đang lập:");
  try {
    for (;;) {
      const answer = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" }, redirect: "error",
      });
      if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
      const told = await answer.json();
      show(told);
      if (told.sentence) return stop(told.sentence);
      if (!told.next) return location.reload();
    }
  } catch {
    stop(LOST);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  makeAll();
});
makeAll();
