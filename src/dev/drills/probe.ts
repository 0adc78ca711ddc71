/** What a person gets while something is wrong: a reader, and somebody who sends what they typed. */
import { setTimeout as wait } from "node:timers/promises";
import { hiddenIn } from "../bench/doing.ts";
import type { Client, Page } from "../browse/client.ts";
import { pdfUpload } from "../browse/fill.ts";
import type { Cast } from "./cast.ts";

export type Seen = { reader: string; sender: string; papers: string; findings: string[] };

const RECOVERY_MS = 60_000;
const AGAIN_MS = 100;

/** The first page of a draft as its person typed it, to be sent again. */
export async function fillIn({ client, path, typed }: Cast["citizens"][number]): Promise<URLSearchParams> {
  const values = hiddenIn(await client.get(path), path);
  values.delete("");
  for (const [name, value] of Object.entries(typed)) values.set(name, String(value));
  return values;
}

const shortly = ({ status, headers }: { status: number; headers: Headers }): string =>
  `${status}${headers.has("retry-after") ? `, Retry-After ${headers.get("retry-after")} s` : ""}`;

/** A page for a person, not an error of a machine, nor silence. */
function lookAt(page: Page, what: string): string[] {
  if (page.status < 500) return [];
  const findings = page.status === 503 ? [] : [`${what}: ${page.status}`];
  if (!page.headers.has("retry-after")) findings.push(`${what}: no Retry-After`);
  if (page.listByRole("heading").length === 0) findings.push(`${what}: no page`);
  return findings;
}

/**
 * A connection that was kept may be closed by the portal in the moment in which it is used again: a browser then asks once
 * more by a new one. A portal that is gone does not take that either.
 */
const asBrowsersDo = (ask: () => Promise<Page>): Promise<Page> =>
  ask().catch((error) => {
    if (!(error instanceof TypeError)) throw error;
    return ask();
  });

/**
 * Reads a page, sends a form and a paper while the fault lasts. What was typed and not taken must come back with all of it.
 */
export async function look(
  { client, path, draftId }: Cast["citizens"][number],
  paper: string,
  values: URLSearchParams,
): Promise<Seen> {
  const read = await asBrowsersDo(() => client.get("/ca-nhan/ho-so"));
  const sent = await asBrowsersDo(() => client.send("POST", path, values));
  const data = new FormData();
  const { name, type, content } = pdfUpload(`Giấy tờ ${performance.now()}`);
  data.append(paper, new Blob([content as Uint8Array<ArrayBuffer>], { type }), name);
  const attached = await asBrowsersDo(() => client.send("POST", `/ca-nhan/ban-nhap/${draftId}/giay-to`, data));
  const findings = [...lookAt(read, "reader"), ...lookAt(sent, "sender"), ...lookAt(attached, "papers")];
  if (sent.status === 503) {
    const lost = [...values.keys()].filter((one) => !sent.html.includes(`name="${one}"`));
    if (lost.length > 0) findings.push(`typed and lost: ${lost.join(", ")}`);
  }
  return { reader: shortly(read), sender: shortly(sent), papers: shortly(attached), findings };
}

/** Sends the kept form until it is taken. @returns ms until then; null: it did not come back by itself */
export async function awaitRecovery(client: Client, path: string, values: URLSearchParams): Promise<number | null> {
  const started = performance.now();
  while (performance.now() - started < RECOVERY_MS) {
    const { status } = await client.once("POST", path, values).catch(() => ({ status: 0 }));
    // 409: it was taken before, and only its answer was lost.
    if (status === 303 || status === 409 || status === 422) return performance.now() - started;
    await wait(AGAIN_MS);
  }
  return null;
}
