/** Counts down in place of the bare limit; says it aloud only when typing pauses. */
export default function characterCount(group: HTMLElement): void {
  const area = group.querySelector("textarea");
  const shown = group.querySelector<HTMLElement>(".count");
  if (!area || !shown) return;
  const limit = Number(group.dataset["limit"]);
  const aloud = document.createElement("p");
  aloud.className = "govuk-visually-hidden";
  aloud.setAttribute("aria-live", "polite");
  shown.after(aloud);
  let pause: ReturnType<typeof setTimeout> | undefined;
  const count = (): void => {
    // What is stored is composed and its line ends are one character, so that is what counts.
    const left = limit - area.value.normalize("NFC").length;
    const words = (left < 0 ? group.dataset["over"] : group.dataset["left"]) ?? "";
    shown.textContent = words.replace("#", String(Math.abs(left)));
    shown.toggleAttribute("data-over", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => {
      aloud.textContent = shown.textContent;
    }, 1000);
  };
  area.addEventListener("input", count);
  if (area.value) count();
}
