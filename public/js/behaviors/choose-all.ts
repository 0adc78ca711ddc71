/** Chooses every row of the page at one click, and says how many are chosen. */
export default function chooseAll(form: HTMLElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=hs]")];
  const count = form.querySelector<HTMLElement>("[data-count]");
  const say = (): void => {
    const chosen = boxes.filter((box) => box.checked).length;
    if (count) count.textContent = (count.dataset["count"] ?? "").replace("{{count}}", String(chosen));
  };
  form.querySelector("[data-choose-all]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const isAll = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !isAll;
    say();
  });
  form.addEventListener("change", say);
  say();
}
