/**
 * Saves a form while it is being filled: after a pause in typing, and when the page is left. The server keeps what is there
 * without judging it. Two windows never overwrite each other: a save that comes after somebody else's is refused and said.
 * While the line is down everything waits in the page, and on the device where its owner allowed that.
 */
import { drop, find, isOwn, isShared, keep, setOwn } from "../own-device.ts";

const PAUSE_MS = 1500;
const RETRY_MS = 10_000;
const PATIENCE_MS = 15_000;
/** A browser sends no more than this when a page is left. */
const MOST_AT_LEAVING = 60_000;

/** A word for this open page; `randomUUID` is missing where the portal is not reached over https. */
const newWord = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Whether a control holds something else than the page came with. */
function isTouched(one: Element): boolean {
  if (one instanceof HTMLTextAreaElement) return one.value !== one.defaultValue;
  if (one instanceof HTMLSelectElement) {
    const chosen = [...one.options].findIndex((option) => option.defaultSelected);
    return one.selectedIndex !== Math.max(0, chosen);
  }
  if (!(one instanceof HTMLInputElement) || !one.name || ["hidden", "file"].includes(one.type)) return false;
  return ["checkbox", "radio"].includes(one.type) ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
}

export default function autosave(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const version = form.querySelector<HTMLInputElement>('input[name="version"]');
  const status = form.querySelector<HTMLElement>(".autosave");
  if (!version || !status) return;
  const address = form.getAttribute("action")?.split("?")[0] ?? location.pathname;
  const page = document.createElement("input");
  Object.assign(page, { type: "hidden", name: "cua-so", value: newWord() });
  form.append(page);

  const fields = (): string => {
    const texts = new URLSearchParams();
    for (const [name, value] of new FormData(form))
      if (typeof value === "string" && name !== "version" && name !== "cua-so") texts.append(name, value);
    return texts.toString();
  };
  // On a slow line somebody has typed before this arrives: what the server wrote into the page is what is saved.
  const isAhead = form.dataset["state"] === "unsaved" || [...form.elements].some(isTouched);
  let saved = isAhead ? "" : fields();
  let saving: Promise<void> | null = null;
  let isDown = false;
  let isOver = false;
  let isLeaving = false;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const say = (text: string | undefined, isTrouble = false): void => {
    status.toggleAttribute("data-trouble", isTrouble);
    if (status.textContent !== text) status.textContent = text ?? "";
  };
  const stop = (text: string | undefined): void => {
    isOver = true;
    say(text, true);
  };

  /** @returns null: the server could not be reached */
  async function post(texts: string, from: { version: string; page: string }, last: boolean): Promise<Response | null> {
    const body = new URLSearchParams(texts);
    body.set("version", from.version);
    body.set("cua-so", from.page);
    body.set("viec", "tu-luu");
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    const keepalive = last && body.toString().length < MOST_AT_LEAVING;
    try {
      return await fetch(address, { method: "POST", body, keepalive, signal: patience.signal });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  async function settle(answer: Response | null, texts: string): Promise<void> {
    const wasDown = isDown;
    isDown = answer === null || answer.status >= 500;
    if (isDown) {
      const isKept = keep(address, { fields: texts, version: version?.value ?? "", page: page.value });
      const { keptHere, offline, failed } = status?.dataset ?? {};
      say(answer ? failed : isKept ? keptHere : offline, true);
      if (!wasDown) setTimeout(retry, RETRY_MS);
      return;
    }
    if (answer?.redirected)
      return stop(new URL(answer.url).pathname === "/dang-nhap" ? status?.dataset["ended"] : status?.dataset["gone"]);
    const said = answer?.headers.get("content-type")?.includes("json") ? await answer.json() : null;
    if (!said) return say(status?.dataset["failed"], true);
    if (answer?.status === 409) return stop(said.text);
    if (version) version.value = String(said.version);
    saved = texts;
    drop(address);
    say(said.text);
  }

  async function save(last = false): Promise<void> {
    clearTimeout(pause);
    if (saving && !last) await saving;
    const texts = fields();
    if (isOver || isLeaving || texts === saved) return;
    await send(texts, { version: version?.value ?? "", page: page.value }, last);
  }

  async function send(texts: string, from: { version: string; page: string }, last = false): Promise<void> {
    saving = post(texts, from, last).then((answer) => settle(answer, texts));
    await saving;
    saving = null;
  }

  function retry(): void {
    if (!isDown) return;
    void save().then(() => isDown && setTimeout(retry, RETRY_MS));
  }

  const later = (): void => {
    clearTimeout(pause);
    pause = setTimeout(() => void save(), PAUSE_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void save(true));
  window.addEventListener("pagehide", () => void save(true));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false;
  });
  window.addEventListener("online", () => void save());
  window.addEventListener("offline", () => void save());
  window.addEventListener("beforeunload", (event) => {
    if (isDown && !isLeaving && !isOwn() && fields() !== saved) event.preventDefault();
  });

  // What is on its way must arrive before the form itself, and a form sent into a dead line would take the page away.
  form.addEventListener("submit", (event) => {
    clearTimeout(pause);
    if (!saving && !isDown && navigator.onLine !== false) {
      isLeaving = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    void (saving ?? save()).then(() => {
      if (isDown) return;
      if (submitter instanceof HTMLElement) submitter.click();
      else form.submit();
    });
  });

  offerDevice(form);
  const kept = find(address);
  if (kept) void bringBack(kept);
  else if (isAhead) later();

  /** What was typed on this device while the line was down: it follows on what it was made from, or its owner decides. */
  async function bringBack(found: NonNullable<typeof kept>): Promise<void> {
    if (found.fields === fields()) {
      drop(address);
      return say(status?.dataset["arrived"]);
    }
    if (found.version === version?.value) {
      fill(form, found.fields);
      // As the page that typed it: its last words may arrive at the same time.
      return send(fields(), found);
    }
    const answer = await post(found.fields, found, false);
    if (answer?.ok && !answer.redirected) {
      fill(form, found.fields);
      return settle(answer, fields());
    }
    const choice = form.querySelector<HTMLElement>(".kept-here");
    if (!choice || !answer) return;
    choice.hidden = false;
    choice.focus();
    choice.addEventListener("click", (event) => {
      const { value } = event.target as HTMLButtonElement;
      if (!value) return;
      drop(address);
      choice.hidden = true;
      if (value !== "use") return;
      fill(form, found.fields);
      void save();
    });
  }
}

/** Only a browser that can keep something is asked whether it may. */
function offerDevice(form: HTMLFormElement): void {
  const offer = form.querySelector<HTMLElement>(".own-device");
  const box = offer?.querySelector<HTMLInputElement>("input");
  if (!offer || !box || isShared()) return;
  offer.hidden = false;
  box.checked = isOwn();
  box.addEventListener("change", () => setOwn(box.checked));
}

/** Puts texts back where they were typed. */
function fill(form: HTMLFormElement, texts: string): void {
  const values = new URLSearchParams(texts);
  const left = new Map<string, string[]>();
  for (const name of new Set(values.keys())) left.set(name, values.getAll(name));
  for (const control of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
    "input[name], select[name], textarea[name]",
  )) {
    if (/^(hidden|file|submit|button)$/.test(control.type)) continue;
    if (control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type)) {
      control.checked = left.get(control.name)?.includes(control.value) ?? false;
      continue;
    }
    const value = left.get(control.name)?.shift();
    if (value !== undefined) control.value = value;
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}
