/** Each act of the panel is one key. What somebody types, or does with a list, stays theirs. */
export default function panelKeys(place: HTMLElement): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.matches("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key === "c") {
      const list = place.querySelector<HTMLElement>(".panel__transfer select");
      if (!list) return;
      event.preventDefault();
      list.focus();
      return;
    }
    const control = /^[a-z]$/.test(key) ? place.querySelector<HTMLElement>(`[data-key="${key}"]`) : null;
    if (!control) return;
    event.preventDefault();
    control.click();
  });
  // From now on the keys that the buttons name do something.
  place.toggleAttribute("data-keys", true);
}
