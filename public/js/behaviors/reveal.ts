/** Shows what belongs to a choice only while it is chosen; what is hidden is not sent. */
export default function reveal(group: HTMLElement): void {
  const show = (): void => {
    for (const choice of group.querySelectorAll<HTMLInputElement>("[data-reveals]")) {
      const revealed = document.getElementById(choice.dataset["reveals"] ?? "");
      if (!revealed) continue;
      revealed.hidden = !choice.checked;
      for (const control of revealed.querySelectorAll<HTMLInputElement>("input, select, textarea"))
        control.disabled = !choice.checked;
      choice.setAttribute("aria-controls", revealed.id);
    }
  };
  group.addEventListener("change", show);
  show();
}
