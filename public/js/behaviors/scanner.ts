/** A scanner types like a keyboard and ends with Enter: what it types goes into this form wherever the focus stands. */
export default function scanner(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>("input[name=ma]");
  if (!input) return;
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1) return;
    if (target === input || target.matches("input:not([type=radio]), textarea, select")) return;
    // A space presses the button that has the focus; no code begins with one.
    if (event.key !== " ") input.focus();
  });
}
