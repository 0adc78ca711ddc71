/**
 * Suggests pages while somebody types: a combobox with a list (ARIA), in which the focus stays in the box. The form
 * works as ever; an answer that fails or comes too late is one comfort less.
 */
type Suggestion = { text: string; lang?: string; note: string; href: string };

const WAIT_MS = 150;
const LEAST_LETTERS = 2;

export default function suggest(box: HTMLElement): void {
  const { href, label, found, none } = box.dataset;
  const row = box.parentElement;
  if (!(box instanceof HTMLInputElement) || !row || !href) return;

  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${box.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label ?? "");
  const status = document.createElement("div");
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  row.append(list, status);

  // A search box may not be a combobox; this one looks the same.
  box.type = "text";
  box.inputMode = "search";
  box.enterKeyHint = "search";
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);

  let timer = 0;
  let asked: AbortController | undefined;
  let active = -1;
  const options = (): HTMLElement[] => [...list.querySelectorAll("li")];

  const mark = (index: number): void => {
    active = index;
    options().forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === index));
      if (i === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index >= 0) box.setAttribute("aria-activedescendant", `${list.id}-${index}`);
    else box.removeAttribute("aria-activedescendant");
  };
  const open = (isOpen: boolean): void => {
    list.hidden = !isOpen;
    box.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) mark(-1);
  };
  const close = (): void => {
    clearTimeout(timer);
    asked?.abort();
    status.textContent = "";
    open(false);
  };

  const show = (suggestions: readonly Suggestion[]): void => {
    list.replaceChildren(
      ...suggestions.map(({ text, lang, note, href: to }, i) => {
        const option = document.createElement("li");
        option.className = "suggestions__one";
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.dataset["to"] = to;
        const [name, about] = [document.createElement("span"), document.createElement("span")];
        name.textContent = text;
        about.textContent = note;
        if (lang) name.lang = lang;
        about.className = "suggestions__note";
        option.append(name, about);
        return option;
      }),
    );
    open(suggestions.length > 0);
    mark(-1);
    status.textContent = (suggestions.length > 0 ? found : none)?.replace("{count}", String(suggestions.length)) ?? "";
  };

  const ask = async (words: string): Promise<void> => {
    asked?.abort();
    const question = new AbortController();
    asked = question;
    try {
      const answer = await fetch(`${href}?${new URLSearchParams({ q: words })}`, { signal: question.signal });
      if (!answer.ok) return close();
      const suggestions = (await answer.json()) as Suggestion[];
      if (!question.signal.aborted && document.activeElement === box) show(suggestions);
    } catch {
      if (!question.signal.aborted) close();
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    const words = box.value.trim();
    if (words.length < LEAST_LETTERS) return close();
    timer = window.setTimeout(() => void ask(words), WAIT_MS);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key } = event;
    const count = options().length;
    if (key === "Escape" && !list.hidden) close();
    else if ((key === "ArrowDown" || key === "ArrowUp") && count > 0) {
      if (list.hidden) open(true);
      // Past either end the focus is back on what was typed.
      const step = key === "ArrowDown" ? 1 : -1;
      mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (key === "Enter" && active >= 0) location.assign(options()[active]?.dataset["to"] ?? location.href);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", close);
  // Pressing must not take the focus away, or the list would be gone before it is clicked.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const to = (event.target as Element).closest<HTMLElement>("li")?.dataset["to"];
    if (to) location.assign(to);
  });
  close();
}
