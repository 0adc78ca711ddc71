const EVERY_MS = 30_000;

/** Tells the server that this page is looked at, and the reader who else looks; rests while the page is hidden. */
export default function presence(place: HTMLElement): void {
  const { action } = place.dataset;
  if (!action) return;
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    try {
      const answer = await fetch(action, { method: "POST", headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { text } = (await answer.json()) as { text: string };
      if (place.textContent !== text) place.textContent = text;
    } catch {
      // A line that is down for a moment says nothing about who works.
    }
  };
  setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", ask);
}
