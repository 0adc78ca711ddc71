/** Tries the page again, also by itself as soon as the line is back. */
export default function reload(button: HTMLElement): void {
  button.hidden = false;
  button.addEventListener("click", () => location.reload());
  window.addEventListener("online", () => location.reload());
}
