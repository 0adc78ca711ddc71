/**
 * A clerk's keys. F9 sends the form that is marked with it, else its first button; F8 opens what else can be done and goes
 * there; F7 ticks the papers that the answers so far ask for, and those alone. Links and buttons may carry `data-key` of
 * their own. Begins at the first question that has no answer yet.
 */
export default function counter(place: HTMLElement): void {
  const marked = (key: string) => document.querySelector<HTMLElement>(`[data-key="${key}"]`);
  const press = (element: HTMLElement): void => {
    if (element instanceof HTMLFormElement) element.requestSubmit(element.querySelector<HTMLButtonElement>("button"));
    else element.click();
  };
  const openInstead = (): boolean => {
    const instead = place.querySelector<HTMLDetailsElement>(".counter__instead");
    if (!instead) return false;
    instead.open = true;
    instead.querySelector<HTMLElement>("select, textarea")?.focus();
    return true;
  };
  const tickNeeded = (): boolean => {
    const needed = [...place.querySelectorAll<HTMLInputElement>("input[data-needed]")];
    // A paper of another case is not on the page: show-when hides it.
    for (const one of needed) one.checked = one.closest("[hidden]") === null;
    return needed.length > 0;
  };
  const own: Readonly<Record<string, () => boolean>> = {
    F7: tickNeeded,
    F8: openInstead,
    F9: () => {
      if (!(place instanceof HTMLFormElement) || !place.matches(".counter")) return false;
      place.requestSubmit(place.querySelector<HTMLButtonElement>(".counter__first"));
      return true;
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const target = own[event.key]?.() ? null : marked(event.key);
    if (!own[event.key] && !target) return;
    event.preventDefault();
    if (target) press(target);
  });

  if (document.querySelector(".govuk-error-summary")) return;
  const asked = [...place.querySelectorAll<HTMLInputElement>("input[type=text], input[type=tel], input:not([type])")];
  // Whoever is known came for something: that is asked next.
  const isMet = document.querySelector(".at-counter") !== null;
  const empty = asked.find((one) => one.value === "" && one.offsetParent !== null && !(isMet && one.name === "nguoi"));
  (empty ?? asked[0])?.focus();
}
