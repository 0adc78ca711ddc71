import type pg from "pg";
import type { Client, Page } from "../browse/client.ts";
import { beginDraft, fillDraft, jpegUpload, neededFiles, typedAnswers, typedApplicant } from "../browse/fill.ts";
import { attribute } from "../browse/html.ts";
import { readPlan, sampleOf } from "../journey/plan.ts";
import { median } from "./reading.ts";
import type { Town } from "./town.ts";

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
/** Wanted of the limit: a submission whose files are there already, one with them; an acceptance. */
const LEAST = { plain: 0.35, whole: 0.7, accepted: 0.4 };

async function timed(name: string, work: () => Promise<Response>): Promise<{ ms: number; answer: Response }> {
  const started = performance.now();
  const answer = await work();
  const ms = performance.now() - started;
  await answer.arrayBuffer();
  if (answer.status >= 400) throw new Error(`${name}: ${answer.status} at ${answer.url}`);
  return { ms, answer };
}

type Limits = { most?: number; beside?: readonly number[]; least?: number };
const actOf = (name: string, all: readonly number[], { most, beside, least }: Limits = {}): Act => ({
  name,
  times: all.length,
  p50: median(all),
  worst: Math.max(...all),
  ...(most === undefined ? {} : { most }),
  ...(beside === undefined ? {} : { bare: median(beside) }),
  ...(least === undefined ? {} : { least }),
});

/** The same at its limit, ms. */
const atLimit = async (bare: Client, method: "GET" | "POST", path: string, body?: FormData): Promise<number> =>
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

/** One draft filled in whole, its pages sent again, and copies of it given two files of a megabyte each and filed. */
export async function measureFiling(
  { citizen, bare }: { citizen: Client; bare: Client },
  town: Town,
  owner: pg.Pool,
  times: number,
): Promise<Act[]> {
  const chosen = town.online[0];
  if (!chosen) throw new Error("no procedure takes papers online");
  const plan = readPlan();
  const sample = sampleOf(plan, 7);
  const first = await beginDraft(
    await citizen.get(`/thu-tuc/${chosen.code}/nop-ho-so`),
    plan.commune.name.replace(/^\S+ /, ""),
  );
  const check = await fillDraft(first, { ...typedAnswers(chosen.definition, sample), ...typedApplicant(sample) });
  const draftId = /ban-nhap\/([^/]+)/.exec(check.path)?.[1] ?? "";

  const page = await citizen.get(first.path);
  const values = new URLSearchParams(hiddenIn(page, first.path));
  for (const [name, value] of Object.entries(typedApplicant(sample))) values.set(name, String(value));
  const steps: number[] = [];
  for (let i = 0, version = Number(values.get("version")); i < times * 2; i++, version++) {
    values.set("version", String(version));
    const { ms, answer } = await timed("form step", () => citizen.once("POST", first.path, values));
    if (answer.status !== 303) throw new Error(`form step: ${answer.status}`);
    steps.push(ms);
  }

  const papers = await citizen.get(check.path.replace("kiem-tra", "giay-to"));
  const [control = ""] = neededFiles(papers);
  const { rows: columns } = await owner.query<{ names: string }>(
    `SELECT string_agg(format('%I', column_name), ', ') AS names FROM information_schema.columns WHERE table_name = 'drafts' AND column_name <> 'id' AND table_schema = 'public'`,
  );
  const uploads: number[] = [];
  const filings: number[] = [];
  const limits: { plain: number[]; whole: number[] } = { plain: [], whole: [] };
  for (let i = 0; i < times; i++) {
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO drafts (id, ${columns[0]?.names}) SELECT gen_random_uuid(), ${columns[0]?.names} FROM drafts WHERE id = $1 RETURNING id`,
      [draftId],
    );
    const at = (name: string) => `/ca-nhan/ban-nhap/${rows[0]?.id}/${name}`;
    const data = new FormData();
    const same = new FormData();
    for (const title of ["trang 1", "trang 2"]) {
      const { name, type, content } = jpegUpload(`${title} ${i}`, MEGABYTE);
      const blob = new Blob([content as Uint8Array<ArrayBuffer>], { type });
      data.append(control, blob, name);
      same.append("file", blob, name);
    }
    const upload = await timed("upload", () => citizen.once("POST", at("giay-to"), data));
    const last = await citizen.get(at("kiem-tra"));
    const filing = await timed("submission", () =>
      citizen.once("POST", at("kiem-tra"), hiddenIn(last, at("kiem-tra"))),
    );
    if (!filing.answer.headers.get("location")?.includes("/ca-nhan/ho-so/"))
      throw new Error(`submission: ${filing.answer.status} ${filing.answer.headers.get("location")}`);
    uploads.push(upload.ms);
    filings.push(filing.ms);
    limits.plain.push(await atLimit(bare, "POST", "/write/submit"));
    limits.whole.push(await atLimit(bare, "POST", "/write/submit", same));
  }
  const both = uploads.map((ms, i) => ms + (filings[i] ?? 0));
  return [
    actOf("a page of the form saved", steps),
    actOf("two files of 1 MB taken in", uploads),
    actOf("submission of a draft with two files of 1 MB", filings, {
      most: 150,
      beside: limits.plain,
      least: LEAST.plain,
    }),
    actOf("the two together", both, { most: 150, beside: limits.whole, least: LEAST.whole }),
  ];
}

/** Dossiers that wait at the desk accepted one after the other, each receipt opened at once, as a clerk does. */
export async function measureAcceptance(
  { desk, bare }: { desk: Client; bare: Client },
  { agency }: Town,
  owner: pg.Pool,
  times: number,
): Promise<Act[]> {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT id FROM dossiers WHERE status = 'submitted' AND "receivingAgencyId" = $1 ORDER BY "submittedAt" LIMIT $2`,
    [agency.id, times],
  );
  const accepted: number[] = [];
  const receipts: number[] = [];
  const limits: { accepted: number[]; receipt: number[] } = { accepted: [], receipt: [] };
  for (const { id } of rows) {
    const path = `/mot-cua/ho-so/${id}`;
    const page = await desk.get(path);
    const fields = hiddenIn(page, "/tiep-nhan");
    accepted.push((await timed("acceptance", () => desk.once("POST", `${path}/tiep-nhan`, fields))).ms);
    const receipt = (await desk.get(path)).link(/In giấy tiếp nhận/);
    const { ms, answer } = await timed("receipt", () => desk.once("GET", receipt));
    if (answer.headers.get("content-type") !== "application/pdf") throw new Error(`receipt: ${answer.status}`);
    receipts.push(ms);
    limits.accepted.push(await atLimit(bare, "POST", "/write/accept"));
    limits.receipt.push(await atLimit(bare, "GET", "/write/slip"));
  }
  return [
    actOf("acceptance", accepted, { beside: limits.accepted, least: LEAST.accepted }),
    actOf("its receipt slip, printed and sent", receipts, { beside: limits.receipt }),
  ];
}
