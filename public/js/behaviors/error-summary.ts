/** Takes the reader to the summary, and from a line of it to the control that it speaks of. */
export default function errorSummary(summary: HTMLElement): void {
  // The answer to a form is no page to come back to: the browser's Back and reload would ask to send the form again.
  history.replaceState(history.state, "");
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    const control = target.matches("input, select, textarea, button")
      ? target
      : target.querySelector<HTMLElement>("input, select, textarea");
    if (!control) return;
    event.preventDefault();
    const heading =
      control.closest("fieldset")?.querySelector("legend") ??
      document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
    (heading ?? control).scrollIntoView();
    control.focus({ preventScroll: true });
  });
}
