import type pg from "pg";
import type { Client, Page } from "../browse/client.ts";
import { beginDraft, fillDraft, jpegUpload, neededFiles, typedAnswers, typedApplicant } from "../browse/fill.ts";
import { attribute } from "../browse/html.ts";
import { readPlan, sampleOf } from "../journey/plan.ts";
import type { Bursting, Shot } from "./at-once.ts";
import { cookieOf } from "./pages.ts";
import { median } from "./reading.ts";
import type { Filed, Town } from "./town.ts";

/** `bare`: what the same takes at its limit (bare-writes.ts), ms at the median; `least`: the ratio that is wanted. */
export type Act = {
  name: string;
  times: number;
  p50: number;
  worst: number;
  most?: number;
  bare?: number;
  least?: number;
};

const MEGABYTE = 1024 * 1024;
/** Wanted of the limit: a submission without files, one with them; an acceptance, one with its slip. */
export const LEAST = { plain: 0.35, whole: 0.7, accepted: 0.4, receipt: 0.7 };

export async function timed(name: string, work: () => Promise<Response>): Promise<{ ms: number; answer: Response }> {
  const started = performance.now();
  const answer = await work();
  const ms = performance.now() - started;
  await answer.arrayBuffer();
  if (answer.status >= 400) throw new Error(`${name}: ${answer.status} at ${answer.url}`);
  return { ms, answer };
}

type Limits = { most?: number; beside?: readonly number[]; least?: number };
export const actOf = (name: string, all: readonly number[], { most, beside, least }: Limits = {}): Act => ({
  name,
  times: all.length,
  p50: median(all),
  worst: Math.max(...all),
  ...(most === undefined ? {} : { most }),
  ...(beside === undefined ? {} : { bare: median(beside) }),
  ...(least === undefined ? {} : { least }),
});

/** The same at its limit, ms. */
export const atLimit = async (bare: Client, method: "GET" | "POST", path: string, body?: FormData): Promise<number> =>
  (await timed(path, () => bare.once(method, path, body))).ms;

export async function measureSignIns(visitor: () => Client, { desk, password }: Town, times: number): Promise<Act> {
  const all: number[] = [];
  for (let i = 0; i < times; i++)
    all.push(
      (
        await timed("sign-in", () =>
          visitor().once("POST", "/dang-nhap", new URLSearchParams({ username: desk, password })),
        )
      ).ms,
    );
  return actOf("sign-in", all);
}

/** What the form of this action sends when nothing is typed into it. */
export const hiddenIn = (page: Page, action: string): URLSearchParams => {
  const fields = new URLSearchParams();
  const form = page.all("form").find((one) => attribute(one, "action")?.endsWith(action));
  for (const input of form ? page.within(form).all("input") : [])
    fields.append(attribute(input, "name") ?? "", attribute(input, "value") ?? "on");
  return fields;
};

const PLAN = readPlan();
const SAMPLE = sampleOf(PLAN, 7);

/** A draft filled in whole, papers included. @returns its id, its first page, and where it is checked */
async function makeDraft(
  citizen: Client,
  { code, definition }: Filed,
): Promise<{ id: string; first: Page; check: Page }> {
  const first = await beginDraft(
    await citizen.get(`/thu-tuc/${code}/nop-ho-so`),
    PLAN.commune.name.replace(/^\S+ /, ""),
  );
  const check = await fillDraft(first, { ...typedAnswers(definition, SAMPLE), ...typedApplicant(SAMPLE) });
  return { id: /ban-nhap\/([^/]+)/.exec(check.path)?.[1] ?? "", first, check };
}

/** Copies of a draft without its files. @returns their ids */
async function copyDraft(owner: pg.Pool, id: string, count: number): Promise<string[]> {
  const { rows: columns } = await owner.query<{ names: string }>(
    `SELECT string_agg(format('%I', column_name), ', ') AS names FROM information_schema.columns WHERE table_name = 'drafts' AND column_name <> 'id' AND table_schema = 'public'`,
  );
  const names = columns[0]?.names;
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO drafts (id, ${names}) SELECT gen_random_uuid(), ${names} FROM drafts, generate_series(1, $2::int) WHERE id = $1 RETURNING id`,
    [id, count],
  );
  return rows.map((row) => row.id);
}

const draftAt = (id: string, name: string): string => `/ca-nhan/ban-nhap/${id}/${name}`;
const FILED = /\/ca-nhan\/ho-so\//;

/** What files a draft that is checked now. */
const filingOf = async (citizen: Client, id: string): Promise<{ path: string; fields: URLSearchParams }> => {
  const path = draftAt(id, "kiem-tra");
  return { path, fields: hiddenIn(await citizen.get(path), path) };
};

async function fileDraft(citizen: Client, id: string): Promise<number> {
  const { path, fields } = await filingOf(citizen, id);
  const { ms, answer } = await timed("submission", () => citizen.once("POST", path, fields));
  if (!FILED.test(answer.headers.get("location") ?? ""))
    throw new Error(`submission: ${answer.status} ${answer.headers.get("location")}`);
  return ms;
}

type Filing = { citizen: Client; bare: Client };

/** A page of a form sent again and again, and copies of its draft given two files of a megabyte each and filed. */
export async function measureFiling(
  { citizen, bare }: Filing,
  town: Town,
  owner: pg.Pool,
  times: number,
): Promise<Act[]> {
  const [chosen] = town.online;
  if (!chosen) throw new Error("no procedure takes papers online");
  const { id: draftId, first, check } = await makeDraft(citizen, chosen);
  const page = await citizen.get(first.path);
  const values = new URLSearchParams(hiddenIn(page, first.path));
  for (const [name, value] of Object.entries(typedApplicant(SAMPLE))) values.set(name, String(value));
  const steps: number[] = [];
  for (let i = 0, version = Number(values.get("version")); i < times * 2; i++, version++) {
    values.set("version", String(version));
    const { ms, answer } = await timed("form step", () => citizen.once("POST", first.path, values));
    if (answer.status !== 303) throw new Error(`form step: ${answer.status}`);
    steps.push(ms);
  }

  const [control = ""] = neededFiles(await citizen.get(check.path.replace("kiem-tra", "giay-to")));
  const uploads: number[] = [];
  const filings: number[] = [];
  const limits: { uploads: number[]; filings: number[] } = { uploads: [], filings: [] };
  for (const [i, id] of (await copyDraft(owner, draftId, times)).entries()) {
    const data = new FormData();
    const same = new FormData();
    for (const title of ["trang 1", "trang 2"]) {
      const { name, type, content } = jpegUpload(`${title} ${i}`, MEGABYTE);
      const blob = new Blob([content as Uint8Array<ArrayBuffer>], { type });
      data.append(control, blob, name);
      same.append("file", blob, name);
    }
    uploads.push((await timed("upload", () => citizen.once("POST", draftAt(id, "giay-to"), data))).ms);
    filings.push(await fileDraft(citizen, id));
    const taken = await timed("limit of an upload", () => bare.once("POST", "/write/files", same));
    limits.uploads.push(taken.ms);
    limits.filings.push(await atLimit(bare, "POST", taken.answer.headers.get("location") ?? ""));
  }
  const sum = (some: readonly number[], others: readonly number[]) => some.map((ms, i) => ms + (others[i] ?? 0));
  return [
    actOf("a page of the form saved", steps),
    actOf("two files of 1 MB taken in", uploads, { beside: limits.uploads }),
    actOf("submission of a draft with two files of 1 MB", filings, { most: 150, beside: limits.filings }),
    actOf("the two together", sum(uploads, filings), {
      most: 150,
      beside: sum(limits.uploads, limits.filings),
      least: LEAST.whole,
    }),
  ];
}

/** Copies of a draft that needs no paper filed one after the other. @returns that, and the same with others at once */
export async function measurePlainFiling(
  { citizen, bare }: Filing,
  town: Town,
  owner: pg.Pool,
  times: number,
): Promise<{ acts: Act[]; burst: Bursting }> {
  const { id: draftId } = await makeDraft(citizen, town.plain);
  const { rows } = await owner.query<{ files: number }>(
    `SELECT count(*)::int AS files FROM attachments WHERE "draftId" = $1`,
    [draftId],
  );
  if (rows[0]?.files !== 0) throw new Error(`${town.plain.code} asks for papers`);
  const filings: number[] = [];
  const limits: number[] = [];
  for (const id of await copyDraft(owner, draftId, times)) {
    filings.push(await fileDraft(citizen, id));
    limits.push(await atLimit(bare, "POST", "/write/submit"));
  }
  const prepare = async (acts: number): Promise<Shot[]> => {
    const shots: Shot[] = [];
    for (const id of await copyDraft(owner, draftId, acts))
      shots.push({ ...(await filingOf(citizen, id)), cookie: cookieOf(citizen), leadsTo: FILED });
    return shots;
  };
  return {
    acts: [actOf("submission of a draft without files", filings, { most: 150, beside: limits, least: LEAST.plain })],
    burst: {
      name: "submission without files",
      least: LEAST.plain,
      prepare,
      limit: { path: "/write/submit", leadsTo: /^\/one\// },
    },
  };
}
