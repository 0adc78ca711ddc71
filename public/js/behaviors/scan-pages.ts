/** Orders and places scanned pages by keyboard or dragging; the numbers beside them say the same without scripts. */
export default function scanPages(form: HTMLFormElement): void {
  const list = form.querySelector<HTMLElement>("[data-pages]");
  if (!list) return;
  const pages = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[data-page]")];
  const field = <E extends HTMLElement>(page: HTMLElement, begin: string): E | null =>
    page.querySelector<E>(`[name^="${begin}-"]`);
  const number = (): void => {
    for (const [i, page] of pages().entries()) {
      const order = field<HTMLInputElement>(page, "order");
      if (order) order.value = String(i + 1);
    }
  };
  const show = (page: HTMLElement): void => {
    const turn = field<HTMLSelectElement>(page, "turn")?.value ?? "0";
    page.querySelector("img")?.setAttribute("data-turn", turn);
  };
  let held: HTMLElement | null = null;
  for (const page of pages()) {
    page.draggable = true;
    page.tabIndex = 0;
    page.addEventListener("change", () => show(page));
    page.addEventListener("dragstart", () => {
      held = page;
    });
    page.addEventListener("dragover", (event) => {
      if (held && held !== page) event.preventDefault();
    });
    page.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!held || held === page) return;
      const isBelow = pages().indexOf(held) < pages().indexOf(page);
      page[isBelow ? "after" : "before"](held);
      number();
    });
    page.addEventListener("keydown", (event) => {
      if (event.target !== page || event.ctrlKey || event.metaKey) return;
      const paper = field<HTMLSelectElement>(page, "paper");
      const turn = field<HTMLSelectElement>(page, "turn");
      const at = Number(event.key);
      if (event.altKey && event.key === "ArrowUp") page.previousElementSibling?.before(page);
      else if (event.altKey && event.key === "ArrowDown") page.nextElementSibling?.after(page);
      else if (event.key.toLowerCase() === "r" && turn)
        turn.selectedIndex = (turn.selectedIndex + 1) % turn.options.length;
      else if (paper && at >= 1 && at < paper.options.length) paper.selectedIndex = at;
      else return;
      event.preventDefault();
      show(page);
      number();
      page.focus();
    });
  }
}
