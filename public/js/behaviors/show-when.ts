/**
 * Hides a question while the answers above say that it does not apply. Without this it is simply there, and what is typed
 * into it is left out by the server, which alone decides.
 */
type Condition =
  | { op: "all"; of: Condition[] }
  | { op: "any"; of: Condition[] }
  | { op: "not"; of: Condition }
  | { op: "answered"; field: string }
  | { op: "equals"; field: string; value: string | number | boolean }
  | { op: "includes"; field: string; value: string }
  | { op: "oneOf"; field: string; values: (string | number)[] }
  | { op: "greater"; field: string; value: number | string }
  | { op: "less"; field: string; value: number | string };

const sent = (value: string | number | boolean): string =>
  typeof value === "boolean" ? (value ? "yes" : "no") : String(value);

/** What is chosen or typed at a control; null when the page has no such control, so that it cannot be judged here. */
function valuesOf(form: HTMLFormElement, name: string): string[] | null {
  const controls = [...form.elements].filter(
    (control): control is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
      "name" in control && (control.name === name || String(control.name).startsWith(`${name}.`)),
  );
  if (controls.length === 0) return null;
  return controls
    .filter(
      (control) => !(control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type)) || control.checked,
    )
    .map((control) => control.value.trim())
    .filter((value) => value !== "");
}

/** True also when nothing can be said: a question too many is better than one too few. */
function mayHold(condition: Condition, form: HTMLFormElement, prefix: string): boolean | null {
  if (condition.op === "all" || condition.op === "any") {
    const parts = condition.of.map((part) => mayHold(part, form, prefix));
    const settles = condition.op === "any";
    if (parts.includes(settles)) return settles;
    return parts.includes(null) ? null : !settles;
  }
  if (condition.op === "not") {
    const inner = mayHold(condition.of, form, prefix);
    return inner === null ? null : !inner;
  }
  const values = valuesOf(form, prefix + condition.field);
  if (values === null) return null;
  switch (condition.op) {
    case "answered":
      return values.length > 0;
    case "equals":
    case "includes":
      return values.includes(sent(condition.value));
    case "oneOf":
      return condition.values.some((value) => values.includes(sent(value)));
    default: {
      const [typed] = values;
      const number = Number(typed?.replace(/[. ]/g, ""));
      if (typed === undefined) return false;
      if (typeof condition.value !== "number" || values.length > 1 || Number.isNaN(number)) return null;
      return condition.op === "greater" ? number > condition.value : number < condition.value;
    }
  }
}

export default function showWhen(element: HTMLElement): void {
  const form = element.closest("form");
  const stated = element.dataset["showWhen"];
  if (!form || !stated) return;
  const { prefix, condition } = JSON.parse(stated) as { prefix: string; condition: Condition };
  const update = (): void => {
    // What is wrong inside must be seen, or nobody could mend it.
    element.hidden = mayHold(condition, form, prefix) === false && !element.querySelector(".govuk-error-message");
  };
  form.addEventListener("change", update);
  form.addEventListener("input", update);
  update();
}
