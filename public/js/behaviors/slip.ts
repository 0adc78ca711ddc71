const SHOWN_MS = 12_000;

/** At the hall's machine: prints by itself, and goes back for the next person. */
export default function slip(place: HTMLElement): void {
  window.print();
  setTimeout(() => location.replace(place.dataset["to"] ?? "/"), SHOWN_MS);
}
