/**
 * Keeps a part of the page as it is on the server: each piece of news is the whole part. Without a connection the page
 * says so and tries again; whoever comes back is sent everything anew.
 */
const AGAIN_MS = 1000;

export default function live(place: HTMLElement): void {
  const address = place.dataset["live"];
  const content = place.querySelector<HTMLElement>(".live__content");
  const status = place.querySelector<HTMLElement>(".live__status");
  if (!address || !content) return;
  const say = (text: string | undefined, isLost: boolean): void => {
    if (!status) return;
    status.hidden = !text;
    status.textContent = text ?? "";
    place.toggleAttribute("data-is-lost", isLost);
  };
  const open = (): void => {
    const source = new EventSource(address);
    source.addEventListener("state", (event) => {
      const news = JSON.parse(event.data as string) as { html: string };
      if (content.innerHTML !== news.html) content.innerHTML = news.html;
      say(place.dataset["state"], false);
      place.dispatchEvent(new CustomEvent("live:state", { detail: news }));
    });
    source.addEventListener("error", () => {
      say(place.dataset["lost"], true);
      if (source.readyState !== EventSource.CLOSED) return;
      // Refused for now: a browser does not try again by itself. Hundreds of boards do not come back in the same moment.
      source.close();
      setTimeout(open, AGAIN_MS * (1 + Math.random()));
    });
    window.addEventListener("pagehide", () => source.close(), { once: true });
  };
  open();
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });
}
