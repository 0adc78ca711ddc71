/** Offers in the second list only what belongs to the choice in the first; without this the groups of the list say so. */
export default function linked(block: HTMLElement): void {
  const first = block.querySelector<HTMLSelectElement>('select[name$=".first"]');
  const second = block.querySelector<HTMLSelectElement>('select[name$=".second"]');
  if (!first || !second) return;
  const empty = second.options[0];
  const groups = [...second.querySelectorAll("optgroup")];
  const show = (): void => {
    const fitting = groups.filter(({ label }) => label === first.value);
    const chosen = second.selectedOptions[0];
    const stays = chosen && fitting.some((group) => group.contains(chosen));
    second.replaceChildren(...(empty ? [empty] : []), ...(first.value ? fitting : groups));
    if (!stays && first.value) second.selectedIndex = 0;
  };
  first.addEventListener("change", show);
  if (first.value) show();
}
