import { attribute, type Element, Reading, type Wanted } from "./html.ts";

type Body = NonNullable<RequestInit["body"]>;

export type Upload = { name: string; type: string; content: Uint8Array | string };
export type Value = string | readonly string[] | boolean | Upload | readonly Upload[];

const isUpload = (value: unknown): value is Upload => typeof value === "object" && value !== null && "content" in value;
const blobOf = ({ content, type }: Upload): Blob => new Blob([content as string], { type });

/** One answer of the portal, read as a person would. */
export class Page extends Reading {
  readonly client: Client;
  readonly status: number;
  /** Path and query, after redirects. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Buffer;

  constructor(client: Client, response: Response, body: Buffer) {
    super(Reading.of(/html/.test(response.headers.get("content-type") ?? "") ? body.toString("utf8") : "").node);
    this.client = client;
    this.status = response.status;
    const { pathname, search } = new URL(response.url);
    this.path = pathname + search;
    this.headers = response.headers;
    this.body = body;
  }

  get html(): string {
    return this.body.toString("utf8");
  }

  /** Follows the link of this name. */
  follow(name: Wanted): Promise<Page> {
    return this.client.get(new URL(this.link(name), this.client.base + this.path).href);
  }

  /**
   * Fills the form that this button sends and presses it. Values are keyed by label (or by control name where labels
   * repeat); a radio or checkbox is chosen by giving `true` under its own label. What is not given keeps the page's value.
   */
  submit(button: Wanted, values: Readonly<Record<string, Value>> = {}): Promise<Page> {
    const pressed = this.byRole("button", button);
    const form = this.all("form").find((one) => this.within(one).listByRole("button").includes(pressed));
    if (!form) throw new Error(`the button ${button} stands in no form`);
    const fields = this.fill(form, values);
    const name = attribute(pressed, "name");
    if (name) fields.push([name, attribute(pressed, "value") ?? ""]);
    const action = attribute(pressed, "formaction") ?? attribute(form, "action") ?? this.path;
    const address = new URL(action, this.client.base + this.path);
    if ((attribute(form, "method") ?? "get").toLowerCase() === "get") {
      address.search = new URLSearchParams(
        fields.filter((field): field is [string, string] => typeof field[1] === "string"),
      ).toString();
      return this.client.get(address.href);
    }
    const isMultipart = attribute(form, "enctype") === "multipart/form-data";
    return this.client.send("POST", address.href, isMultipart ? multipart(fields) : urlencoded(fields));
  }

  private fill(form: Element, values: Readonly<Record<string, Value>>): [string, string | Upload][] {
    const reading = this.within(form);
    const given = new Map<Element, Value>();
    for (const [label, value] of Object.entries(values)) {
      const byName = reading.controls().filter((one) => attribute(one, "name") === label);
      if (byName.length === 0) given.set(reading.byLabel(label), value);
      else for (const control of byName) given.set(control, choiceOf(control, value));
    }
    const isRadioGiven = (name: string) =>
      [...given].some(
        ([control, value]) =>
          value === true && attribute(control, "name") === name && attribute(control, "type") === "radio",
      );
    const fields: [string, string | Upload][] = [];
    const hidden = reading.all("input").filter((one) => attribute(one, "type") === "hidden");
    for (const control of [...hidden, ...reading.controls()]) {
      const name = attribute(control, "name");
      if (!name || attribute(control, "disabled") !== undefined) continue;
      const type = attribute(control, "type") ?? "text";
      const value = given.get(control);
      if (type === "radio" || type === "checkbox") {
        const isKept = attribute(control, "checked") !== undefined && !(type === "radio" && isRadioGiven(name));
        if (value === undefined ? isKept : value === true) fields.push([name, attribute(control, "value") ?? "on"]);
      } else if (type === "file") {
        const uploads = value === undefined ? [] : ([value].flat() as Upload[]);
        // A browser sends an empty part for an empty file control.
        for (const upload of uploads.length > 0
          ? uploads
          : [{ name: "", type: "application/octet-stream", content: "" }])
          fields.push([name, upload]);
      } else {
        for (const text of value === undefined ? currentValues(control) : [value].flat())
          fields.push([name, String(text)]);
      }
    }
    return fields;
  }
}

/** A group given by control name: the value chooses among its radios or checkboxes. */
function choiceOf(control: Element, value: Value): Value {
  if (!/^(radio|checkbox)$/.test(attribute(control, "type") ?? "") || typeof value === "boolean") return value;
  return [value].flat().includes(attribute(control, "value") ?? "on");
}

/** What a control holds as the page came. */
export function currentValues(control: Element): string[] {
  if (control.tagName === "select") {
    const options = new Reading(control).all("option");
    const chosen = options.filter((option) => attribute(option, "selected") !== undefined);
    const shown = chosen.length > 0 || attribute(control, "multiple") !== undefined ? chosen : options.slice(0, 1);
    return shown.map((option) => attribute(option, "value") ?? new Reading(option).text);
  }
  if (control.tagName === "textarea") {
    return [control.childNodes.map((node) => ("value" in node ? node.value : "")).join("")];
  }
  return [attribute(control, "value") ?? ""];
}

const urlencoded = (fields: readonly [string, string | Upload][]): URLSearchParams =>
  new URLSearchParams(fields.map(([name, value]): [string, string] => [name, isUpload(value) ? value.name : value]));

function multipart(fields: readonly [string, string | Upload][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) {
    if (isUpload(value)) data.append(name, blobOf(value), value.name);
    else data.append(name, value);
  }
  return data;
}

/** A browser without a screen: keeps cookies, follows redirects, sends what a browser sends. */
export class Client {
  readonly base: string;
  readonly cookies = new Map<string, string>();
  /** Sent with every request, for tests of foreign origins and the like. */
  readonly headers: Record<string, string> = {};

  constructor(base: string) {
    this.base = base;
  }

  get(path: string): Promise<Page> {
    return this.send("GET", path);
  }

  /** Sends fields as they are, without a page: for forged and broken requests. */
  post(path: string, fields: Readonly<Record<string, string | readonly string[]>> | Body = {}): Promise<Page> {
    const isPlain = Object.getPrototypeOf(fields) === Object.prototype;
    const pairs = Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, String(one)]),
    );
    return this.send("POST", path, isPlain ? new URLSearchParams(pairs) : (fields as Body));
  }

  /** One request and its redirects. */
  async send(method: string, path: string, body?: Body): Promise<Page> {
    let response = await this.once(method, path, body);
    for (let hops = 0; response.status >= 300 && response.status < 400 && response.headers.has("location"); hops++) {
      if (hops === 10) throw new Error(`${path} redirects without end`);
      await response.arrayBuffer();
      const next = new URL(response.headers.get("location") ?? "", response.url);
      response = response.status === 307 ? await this.once(method, next.href, body) : await this.once("GET", next.href);
    }
    return new Page(this, response, Buffer.from(await response.arrayBuffer()));
  }

  /** One request; a redirect is an answer like another. @throws TypeError where nobody answers: it says what was asked */
  async once(method: string, path: string, body?: Body): Promise<Response> {
    const origin = new URL(this.base).origin;
    const response = await fetch(new URL(path, this.base), {
      method,
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
      headers: {
        accept: "text/html,application/xhtml+xml,*/*;q=0.8",
        "sec-fetch-site": "same-origin",
        ...(method === "GET" ? {} : { origin }),
        ...(this.cookies.size > 0
          ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") }
          : {}),
        ...this.headers,
      },
    }).catch((error: TypeError & { cause?: { code?: string; message?: string } }) => {
      const why = error.cause?.code ?? error.cause?.message ?? error.message;
      throw new TypeError(`${method} ${path}: ${why}`, { cause: error });
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  private keep(line: string): void {
    const [pair = "", ...attributes] = line.split(";");
    const [name = "", ...value] = pair.trim().split("=");
    const isOver = attributes.some((one) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(one));
    if (isOver) this.cookies.delete(name);
    else this.cookies.set(name, value.join("="));
  }
}
