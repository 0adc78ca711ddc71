import type { Upload } from "tus-js-client";

/**
 * Sends each chosen file at once, in pieces, and goes on where the line broke: by itself, when it is back, after a
 * reload. Nothing of it is kept on the device. What cannot be sent so is sent with the form.
 */
type Texts = Record<
  "sending" | "waiting" | "checking" | "retrying" | "failed" | "sent" | "cancel" | "resume" | "hold",
  string
>;
type Row = {
  item: HTMLLIElement;
  bar: HTMLProgressElement;
  say(text: string): void;
  alarm(): void;
  buttons: HTMLElement;
};

const PIECE = 2 * 1024 * 1024;
const AGAIN_AFTER = [0, 1000, 3000, 5000, 10_000, 20_000];

/** One file after the other over all controls of the page: two at once are each half as fast. */
let line: Promise<unknown> = Promise.resolve();
let underWay = 0;
let held: { form: HTMLFormElement; by: HTMLElement | null } | null = null;

const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

/** What the server says is wrong with the file itself: nothing that trying again would mend. */
class Refused extends Error {}

export default function upload(group: HTMLElement): void {
  const texts = JSON.parse(group.dataset["texts"] ?? "{}") as Texts;
  const address = group.dataset["address"] ?? "";
  const form = group.closest("form");
  const chosen = group.querySelector<HTMLInputElement>("input[type=file]");
  if (!form || !chosen) return;
  const rows = make("ul", "files sending");
  rows.hidden = true;
  const status = make("p", "sending__status");
  status.setAttribute("role", "status");
  chosen.before(rows, status);

  const button = (row: Row, text: string, name: string, press: () => void): void => {
    const one = make("button", "link-like", `${text} `);
    one.type = "button";
    one.append(make("span", "govuk-visually-hidden", name));
    one.addEventListener("click", press);
    row.buttons.append(one);
  };

  const addRow = (file: File): Row => {
    const item = make("li", "files__item");
    const name = make("span", "files__name", `${file.name} `);
    const note = make("span", "files__note", texts.waiting);
    const bar = make("progress", "sending__bar");
    bar.max = file.size;
    bar.value = 0;
    bar.setAttribute("aria-label", `${texts.sending} ${file.name}`);
    const buttons = make("span", "sending__buttons");
    name.append(note, bar);
    item.append(name, buttons);
    rows.append(item);
    rows.hidden = false;
    const say = (text: string): void => {
      note.textContent = text;
    };
    return { item, bar, buttons, say, alarm: () => note.setAttribute("role", "alert") };
  };

  /** The same file as one that broke off on its way, of this page's list. */
  const begun = (file: File): string | null =>
    [...group.querySelectorAll<HTMLElement>("[data-upload]")].find(
      ({ dataset }) =>
        dataset["name"] === file.name.normalize("NFC") &&
        dataset["size"] === String(file.size) &&
        dataset["date"] === String(file.lastModified),
    )?.dataset["upload"] ?? null;

  /** One try after the other, until all of it arrived or its person gives up. @returns its address; null: given up */
  const sendPieces = async (file: File, control: string, row: Row): Promise<string | null> => {
    const tus = await import("tus-js-client");
    return new Promise((resolve, reject) => {
      const statusOf = (error: unknown) =>
        error instanceof tus.DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;
      const isFinal = (code: number) => code >= 400 && code < 500 && code !== 409 && code !== 423;
      const sending: Upload = new tus.Upload(file, {
        endpoint: address,
        uploadUrl: begun(file),
        chunkSize: PIECE,
        retryDelays: AGAIN_AFTER,
        storeFingerprintForResuming: false,
        metadata: { filename: file.name, control, date: String(file.lastModified) },
        onProgress: (sent) => {
          row.bar.value = sent;
          row.say(`${texts.sending} (${Math.floor((100 * sent) / file.size)}%)`);
        },
        onShouldRetry: (error) => {
          const again = !isFinal(statusOf(error));
          if (again) row.say(texts.retrying);
          return again;
        },
        onSuccess: () => resolve(sending.url),
        onError: (error) => {
          const answer = error instanceof tus.DetailedError ? error.originalResponse : null;
          if (isFinal(statusOf(error)) && answer?.getHeader("Content-Type")?.startsWith("text/plain"))
            return reject(new Refused(answer.getBody()));
          row.say(texts.failed);
          row.buttons.replaceChildren();
          const again = (): void => {
            window.removeEventListener("online", again);
            row.buttons.replaceChildren();
            stoppable();
            sending.start();
          };
          window.addEventListener("online", again);
          button(row, texts.resume, file.name, again);
          stoppable();
        },
      });
      const stoppable = (): void =>
        button(row, texts.cancel, file.name, () => {
          sending.abort(true).catch(() => undefined);
          resolve(null);
        });
      stoppable();
      sending.start();
    });
  };

  /** Asks for what arrived to be made a file of the dossier; the answer may get lost, too. */
  const finish = async (url: string): Promise<void> => {
    for (const wait of [1000, 3000, 10_000, 0]) {
      try {
        const answer = await fetch(`${url}/xong`, { method: "POST" });
        if (answer.status === 204) return;
        if (answer.status < 500 && answer.headers.get("Content-Type")?.startsWith("text/plain"))
          throw new Refused(await answer.text());
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    throw new Refused(texts.failed);
  };

  const forgetError = (): void => {
    const error = group.querySelector(`#${CSS.escape(`${chosen.id}-error`)}`);
    if (!error) return;
    error.remove();
    group.classList.remove("govuk-form-group--error");
    chosen.classList.remove("govuk-file-upload--error");
    chosen.removeAttribute("aria-invalid");
  };

  /** The list of files as the server shows it now. */
  const refresh = async (): Promise<void> => {
    const answer = await fetch(form.action);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(chosen.id)?.closest("[data-address]")?.querySelector("[data-files]");
    // The control itself is another one after a file was replaced.
    if (!fresh) return location.assign(form.action);
    group.querySelector("[data-files]")?.replaceChildren(...fresh.childNodes);
  };

  const send = async (file: File, control: string, row: Row): Promise<void> => {
    try {
      const url = await sendPieces(file, control, row);
      if (url !== null) {
        row.buttons.replaceChildren();
        row.bar.removeAttribute("value");
        row.say(texts.checking);
        await finish(url);
        status.textContent = `${texts.sent}: ${file.name}`;
        forgetError();
      }
      row.item.remove();
      await refresh();
    } catch (error) {
      held = null;
      row.bar.remove();
      row.buttons.replaceChildren();
      row.item.classList.add("files__item--refused");
      row.alarm();
      row.say(error instanceof Refused ? error.message : texts.failed);
    }
    rows.hidden = rows.children.length === 0;
  };

  group.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.type !== "file" || !input.files?.length) return;
    for (const refused of rows.querySelectorAll(".files__item--refused")) refused.remove();
    for (const file of input.files) {
      const row = addRow(file);
      underWay++;
      line = line.then(async () => {
        await send(file, input.name, row);
        underWay--;
        if (underWay > 0 || !held) return;
        const { form: waiting, by } = held;
        held = null;
        waiting.requestSubmit(by);
      });
    }
    input.value = "";
  });

  // Before whatever else listens: a form that is held is not being sent yet.
  form.addEventListener(
    "submit",
    (event) => {
      if (underWay === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      held = { form, by: event.submitter };
      status.textContent = texts.hold;
    },
    { capture: true },
  );
}
