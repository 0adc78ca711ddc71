/**
 * Lists the communes of the province that was just chosen, in place of a button that asks the server for the whole page
 * again. What this cannot do (an address abroad, a list that does not arrive) is left to that button.
 */
type Choice = { value: string; text: string };

export default function communes(address: HTMLElement): void {
  const province = address.querySelector<HTMLSelectElement>('select[name$=".province"]');
  const commune = address.querySelector<HTMLSelectElement>('select[name$=".commune"]');
  const button = address.querySelector<HTMLButtonElement>('button[name^="list:"]');
  if (!province || !button) return;
  button.hidden = true;

  const show = async (code: string): Promise<void> => {
    if (!commune || !/^\d+$/.test(code)) return button.click();
    const empty = commune.options[0];
    // A commune of the former province must not be sent while the list is on its way.
    commune.replaceChildren(...(empty ? [empty] : []));
    commune.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${address.dataset["communes"]}/${encodeURIComponent(code)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const choices = (await answer.json()) as Choice[];
      if (province.value === code) commune.append(...choices.map(({ text, value }) => new Option(text, value)));
    } catch {
      button.hidden = false;
    }
    if (province.value === code) commune.removeAttribute("aria-busy");
  };
  province.addEventListener("change", () => void (province.value && show(province.value)));
  // A browser that restores a form restores the province, not the list that had been fetched for it.
  if (province.selectedOptions[0]?.defaultSelected === false && province.value) void show(province.value);
}
