/**
 * The load of a drill: citizens who file with papers, a desk that takes in, an officer who moves on. Whoever gets no
 * answer, or one that says "later", looks at what stands there and goes on from it, as a person would.
 */
import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { hiddenIn } from "../bench/doing.ts";
import type { Client, Page } from "../browse/client.ts";
import { attribute } from "../browse/html.ts";
import { samplePdf } from "../sample-files.ts";
import { type Cast, copyDraft } from "./cast.ts";

/** What the portal told people that it has done. */
export type Ledger = {
  filed: { reference: string; draftId: string; files: string[] }[];
  /** Code by reference. */
  accepted: Map<string, string>;
  /** Dossier pages on which a step was done, once for each. */
  moved: string[];
  /** What came instead of an answer that was wanted, and how often. */
  trouble: Map<string, number>;
  /** What a person could not get over: each is a finding. */
  stuck: string[];
};

const newLedger = (): Ledger => ({
  filed: [],
  accepted: new Map(),
  moved: [],
  trouble: new Map(),
  stuck: [],
});

const PATIENCE_MS = 90_000;
const AGAIN_MS = 150;
const ANSWER_MS = 20_000;

/** An answer that asks to come again: nothing is wrong with what was asked. */
class Later extends Error {}

/** @throws Later for an answer that says so; an answer of the portal that refuses for good is an error */
function mustAnswer<A extends { status: number }>(answer: A, what: string): A {
  if (answer.status >= 500) throw new Later(`${answer.status}`);
  if (answer.status >= 400) throw new Error(`${what}: ${answer.status}`);
  return answer;
}

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    wait(ANSWER_MS, null, { ref: false }).then(() => {
      throw new Later("no answer in time");
    }),
  ]);

/** Does something until it is done; what came in between is counted. @returns null: patience ended */
async function keepTrying<T>(ledger: Ledger, what: string, work: () => Promise<T>): Promise<T | null> {
  const until = performance.now() + PATIENCE_MS;
  let last = "";
  while (performance.now() < until) {
    try {
      return await inTime(work());
    } catch (error) {
      const isLater = error instanceof Later;
      const isCut = error instanceof TypeError; // what fetch throws for a connection that broke or was refused
      if (!isLater && !isCut) {
        ledger.stuck.push(`${what}: ${(error as Error).message}`);
        return null;
      }
      last = isLater ? error.message : "connection lost";
      ledger.trouble.set(last, (ledger.trouble.get(last) ?? 0) + 1);
      await wait(AGAIN_MS);
    }
  }
  ledger.stuck.push(`${what}: nothing but “${last}” for ${PATIENCE_MS / 1000} s`);
  return null;
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A copy of a draft given two papers and filed. */
async function fileOne(client: Client, paper: string, draftId: string, ledger: Ledger): Promise<string | null> {
  const at = (name: string) => `/ca-nhan/ban-nhap/${draftId}/${name}`;
  const files = ["mặt trước", "mặt sau"].map((title) => ({
    name: `${title} ${draftId}.pdf`,
    content: samplePdf(`${title} ${draftId}`),
  }));
  const attached = await keepTrying(ledger, "papers", async () => {
    const { html } = mustAnswer(await client.get(at("giay-to")), "papers");
    const missing = files.filter(({ name }) => !html.includes(name));
    if (missing.length === 0) return true;
    const data = new FormData();
    for (const { name, content } of missing)
      data.append(paper, new Blob([content as Uint8Array<ArrayBuffer>], { type: "application/pdf" }), name);
    const answer = await client.once("POST", at("giay-to"), data);
    await answer.arrayBuffer();
    return mustAnswer(answer, "papers").status === 303;
  });
  if (!attached) return null;
  const reference = await keepTrying(ledger, "filing", async () => {
    const page = mustAnswer(await client.get(at("kiem-tra")), "the page before filing");
    const known = referenceIn(page.path);
    if (known) return known;
    const answer = await client.once("POST", at("kiem-tra"), hiddenIn(page, at("kiem-tra")));
    await answer.arrayBuffer();
    const filed = referenceIn(mustAnswer(answer, "filing").headers.get("location") ?? "");
    if (!filed) throw new Error(`${answer.status} ${answer.headers.get("location")}`);
    return filed;
  });
  if (reference) ledger.filed.push({ reference, draftId, files: files.map(({ content }) => hashOf(content)) });
  return reference;
}

const referenceIn = (path: string): string | null => /\/ca-nhan\/ho-so\/([A-Z0-9]+)/.exec(path)?.[1] ?? null;

/** The desk finds a filing and takes it in. @returns its dossier page */
async function takeIn(desk: Client, reference: string, ledger: Ledger): Promise<string | null> {
  return keepTrying(ledger, "taking in", async () => {
    const list = mustAnswer(await desk.get(`/mot-cua?q=${reference}`), "the worklist");
    const path = list
      .listByRole("link")
      .map((link) => attribute(link, "href") ?? "")
      .find((href) => /^\/mot-cua\/ho-so\/[0-9a-f-]{36}$/.test(href));
    if (!path) throw new Error(`${reference} is not on the desk's list`);
    let page = mustAnswer(await desk.get(path), "the dossier");
    if (page.has("button", "Tiếp nhận hồ sơ")) page = mustAnswer(await page.submit("Tiếp nhận hồ sơ"), "taking in");
    const code = /[A-Z]\d+\.\d+-\d{6}-\d{4,}/.exec(page.text)?.[0];
    if (!code) throw new Error(`${reference} has no code after it was taken in`);
    ledger.accepted.set(reference, code);
    return path;
  });
}

const outcomes = (page: Page, forward: ReadonlySet<string>) =>
  page
    .listByRole("button")
    .filter((button) => attribute(button, "name") === "outcome" && forward.has(attribute(button, "value") ?? ""));

/** An officer does the open step, where it leads straight on. */
async function moveOn(officer: Client, path: string, forward: ReadonlySet<string>, ledger: Ledger): Promise<void> {
  await keepTrying(ledger, "moving on", async () => {
    const page = mustAnswer(await officer.get(path), "the dossier");
    const [button] = outcomes(page, forward);
    if (!button) return;
    const name = page.nameOf(button);
    const form = page.all("form").find((one) => page.within(one).listByRole("button").includes(button));
    const controls = form ? page.within(form).controls() : [];
    const hasNote = controls.some((control) => attribute(control, "name") === "note");
    mustAnswer(
      await page.submit(name, hasNote ? { note: "Hồ sơ đủ điều kiện, đề nghị giải quyết." } : {}),
      "moving on",
    );
    ledger.moved.push(path);
  });
}

export type Load = {
  ledger: Ledger;
  /** Ends it, and waits for whoever is in the middle of something. */
  end: () => Promise<void>;
};

/**
 * Starts the load; it ends by itself when the drafts are used up.
 * @param most filings in all
 * @param pause ms that each person waits between two acts
 */
export async function startLoad(
  cast: Cast,
  owner: pg.Pool,
  { most, pause }: { most: number; pause: number },
): Promise<Load> {
  const ledger = newLedger();
  let isOver = false;
  const each = Math.ceil(most / cast.citizens.length);
  const toTakeIn: string[] = [];
  const toMove: string[] = [];
  const forward = new Set(
    cast.definition.workflow.steps.flatMap(({ outcomes: all }) =>
      all.filter(({ kind, consult }) => kind === "forward" && !consult).map(({ id }) => id),
    ),
  );
  const people: Promise<void>[] = [];
  for (const { client, draftId } of cast.citizens) {
    const drafts = await copyDraft(owner, draftId, each);
    people.push(
      (async () => {
        for (const draft of drafts) {
          if (isOver) return;
          const reference = await fileOne(client, cast.paper, draft, ledger);
          if (reference) toTakeIn.push(reference);
          await wait(pause);
        }
      })(),
    );
  }
  const serve = async (queue: string[], act: (one: string) => Promise<void>): Promise<void> => {
    while (!isOver) {
      const next = queue.shift();
      if (next) await act(next);
      await wait(next ? pause : AGAIN_MS);
    }
  };
  people.push(
    serve(toTakeIn, async (reference) => {
      const path = await takeIn(cast.desk, reference, ledger);
      if (path) toMove.push(path);
    }),
    serve(toMove, (path) => moveOn(cast.officer, path, forward, ledger)),
  );
  return {
    ledger,
    end: async () => {
      isOver = true;
      await Promise.all(people);
    },
  };
}
