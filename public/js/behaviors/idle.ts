/**
 * Hides the page of an officer who has left, a moment before the server locks their session. Whatever was typed stays
 * beneath. All pages of this browser agree: somebody who works in one is there, and signing in again uncovers the others;
 * a page of one person is covered when another signs in.
 */
const KEY = "mot-cua:co-nguoi";
const TOLD_EVERY_MS = 5000;

type Sign = { at: number; who: string };

const read = (): Sign | null => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") as Sign | null;
  } catch {
    return null;
  }
};
const write = (sign: Sign): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify(sign));
  } catch {
    // A browser that keeps nothing: each page watches for itself.
  }
};

export default function idle(cover: HTMLElement): void {
  const who = cover.dataset["who"] ?? "";
  const after = Number(cover.dataset["after"]) * 1000;
  if (!who || !after) return;
  const others = [...document.body.children].filter((one) => one !== cover) as HTMLElement[];
  let last = Date.now();
  let told = 0;
  let before: Element | null = null;
  const { title } = document;

  const hide = (): void => {
    if (!cover.hidden) return;
    before = document.activeElement;
    for (const one of others) one.inert = true;
    cover.hidden = false;
    document.title = cover.querySelector("p")?.textContent ?? "";
    cover.querySelector<HTMLElement>("a")?.focus();
  };
  const show = (): void => {
    if (cover.hidden) return;
    cover.hidden = true;
    document.title = title;
    for (const one of others) one.inert = false;
    if (before instanceof HTMLElement) before.focus();
  };
  // A machine that slept, and timers of a page in the background, come late: what counts is the clock.
  const look = (): void => {
    if (Date.now() - last >= after) hide();
  };
  const isHere = (): void => {
    if (!cover.hidden) return;
    look();
    if (!cover.hidden) return;
    last = Date.now();
    if (last - told < TOLD_EVERY_MS) return;
    told = last;
    write({ at: last, who });
  };

  for (const what of ["pointerdown", "pointermove", "keydown", "input", "scroll"])
    window.addEventListener(what, isHere, { passive: true, capture: true });
  window.addEventListener("storage", ({ key }) => {
    if (key !== KEY) return;
    const sign = read();
    if (!sign) return;
    if (sign.who !== who) return hide();
    last = Math.max(last, sign.at);
    if (Date.now() - last < after) show();
  });
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", look);
  setInterval(look, 1000);
  // The server gave this page just now to whoever is signed in.
  write({ at: last, who });
}
