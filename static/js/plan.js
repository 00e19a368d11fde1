// Computing the variants of a plan: each request computes one, and what it gave is shown at once.
// Without script the button computes the next one.

const LOST = "Chưa nhận được trả lời của máy chủ. Kiểm tra đường truyền rồi bấm lại.";
const live = document.querySelector("[data-live]");

async function refresh() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  live.replaceChildren(...page.querySelector("[data-live]").childNodes);
}

function stop(sentence) {
  const refused = live.querySelector("[data-refused]");
  refused.querySelector("span").textContent = sentence;
  refused.hidden = false;
  live.querySelector("[data-next]").textContent = "";
  live.querySelector("form[data-making] button").disabled = false;
}

async function solveAll() {
  try {
    for (;;) {
      const form = live.querySelector("form[data-making]");
      form.querySelector("button").disabled = true;
      const next = live.querySelector("[data-next]");
      next.textContent = next.textContent.replace("Tiếp theo:", "Đang tính:");
      const answer = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" }, redirect: "error",
      });
      if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
      const told = await answer.json();
      if (told.sentence) return stop(told.sentence);
      if (!told.next) return location.reload();
      await refresh();
    }
  } catch {
    stop(LOST);
  }
}

live.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-making]")) return;
  event.preventDefault();
  solveAll();
});
solveAll();
