/** Warns whoever left a shared machine, and then forgets them: their session, and what the page keeps. */
const ALIVE_MS = 30_000;

export default function sharedMachine(bar: HTMLElement): void {
  const idle = Number(bar.dataset["idle"]) * 1000;
  const warnAfter = Number(bar.dataset["warn"]) * 1000;
  const warning = bar.querySelector<HTMLElement>(".shared-machine__warning");
  const end = bar.querySelector<HTMLFormElement>(".shared-machine__end");
  if (!warning || !end) return;
  let warn: ReturnType<typeof setTimeout> | undefined;
  let over: ReturnType<typeof setTimeout> | undefined;
  let told = 0;

  const forget = (): void => {
    // Nothing typed may be found again by who comes next, not even should the line be down.
    for (const form of document.forms) form.reset();
    for (const storage of ["sessionStorage", "localStorage"] as const)
      try {
        window[storage].clear();
      } catch {
        // A browser that keeps nothing has nothing to forget.
      }
    end.submit();
  };
  const begin = (): void => {
    clearTimeout(warn);
    clearTimeout(over);
    warning.hidden = true;
    warn = setTimeout(() => {
      warning.hidden = false;
      warning.querySelector<HTMLElement>("[data-stay]")?.focus();
    }, warnAfter);
    over = setTimeout(forget, idle);
  };
  const stay = (): void => {
    begin();
    const action = bar.dataset["alive"];
    if (!action || performance.now() - told < ALIVE_MS) return;
    told = performance.now();
    void fetch(action, { method: "POST" }).catch(() => undefined);
  };
  for (const what of ["pointerdown", "keydown", "input", "scroll"])
    window.addEventListener(what, stay, { passive: true });
  for (const form of document.forms) form.autocomplete = "off";
  // A page that comes back by the browser's own button may be somebody else's.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  begin();
}
