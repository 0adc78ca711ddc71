import { wake } from "../wake.ts";

/**
 * Sends a form and puts the page that answers in the place of this one, so that a click moves one thing and not the whole
 * page; the focus stays on the button that was pressed. Whatever goes wrong on the way, the form is sent as ever.
 */
export default function swap(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;

  // Choosing a question shows at once how it is compared: the button beside it is for those without scripts.
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[name^="list:"]')) {
    const name = button.name.slice("list:".length);
    button.hidden = true;
    for (const end of ["field", "op"])
      form
        .querySelector<HTMLSelectElement>(`select[name="${name}.${end}"]`)
        ?.addEventListener("change", () => form.requestSubmit(button));
  }

  form.addEventListener("submit", (event) => {
    const { submitter } = event as SubmitEvent;
    if (event.defaultPrevented || form.method !== "post") return;
    event.preventDefault();
    if (form.dataset["sent"]) return;
    form.dataset["sent"] = "true";
    void send(form, submitter instanceof HTMLButtonElement ? submitter : null);
  });
}

async function send(form: HTMLFormElement, pressed: HTMLButtonElement | null): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  if (pressed?.name) body.append(pressed.name, pressed.value);
  const focused = document.activeElement?.id || pressed?.id || "";
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [fresh, main] = [page.querySelector("main"), document.querySelector("main")];
    if (!fresh || !main) throw new Error("no page");
    main.replaceWith(fresh);
    document.title = page.title;
    if (answer.redirected && answer.url !== location.href) history.pushState(null, "", answer.url);
    wake(fresh);
    const at = document.getElementById(focused) ?? fresh.querySelector<HTMLElement>(".error-summary, .banner");
    (at ?? fresh).focus({ preventScroll: at !== null && at.id === focused });
  } catch {
    form.submit();
  }
}
