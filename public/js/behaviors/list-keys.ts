/** Moves through a list by keys: j, k or arrows, Enter opens, x chooses, ? tells. Keys that somebody types stay theirs. */
export default function listKeys(place: HTMLElement): void {
  const rows = [...place.querySelectorAll<HTMLElement>("tbody tr")];
  const linkOf = (row: HTMLElement | undefined) => row?.querySelector<HTMLAnchorElement>("th a");
  const isTyping = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("textarea, select, summary, button, input:not([type=checkbox]):not([type=radio])"));
  const current = (): number => rows.findIndex((row) => row.contains(document.activeElement));
  const moves: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const at = current();
    const step = moves[event.key];
    // Arrows scroll the page until a row is entered by j, k or Tab.
    if (step !== undefined && (at >= 0 || event.key.length === 1)) {
      const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
      linkOf(rows[next])?.focus();
      event.preventDefault();
    } else if (event.key === "x" && at >= 0) {
      rows[at]?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
      linkOf(rows[at])?.focus();
      event.preventDefault();
    } else if (event.key === "?") {
      const help = place.querySelector<HTMLDetailsElement>("details.keys");
      if (help) {
        help.open = !help.open;
        help.querySelector("summary")?.focus();
        event.preventDefault();
      }
    }
  });
}
