/** How long a portal of its own takes to answer each page, for every kind of reader, one request after the other. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import type pg from "pg";
import { createAdmin, createOfficer } from "#accounts/index.ts";
import { now } from "#platform/clock.ts";
import type { Context, System } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { root } from "#platform/root.ts";
import { Client } from "../browse/client.ts";
import { attribute } from "../browse/html.ts";
import { fillHall, type GeneratedHall } from "./hall.ts";
import { busiestPlace, quickest } from "./measure.ts";

export type Visit = { name: string; ms: number };

const PASSWORD = "con đường dài năm năm";
const TIMES = 9;
const WARM = 3;
const START_MS = 60_000;

type Portal = { base: string; end: () => Promise<void> };

/** The portal as it was built, on the database of the environment, without jobs and limits. */
async function openPortal(): Promise<Portal> {
  const portal = spawn(process.execPath, [join(root, "dist/main.js")], {
    env: {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      PUBLIC_URL: "",
      WORKER: "off",
      RATE_LIMITS: "off",
      SECOND_FACTOR: "optional",
      LOG_LEVEL: "warn",
      METRICS_PORT: "",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((done) => portal.on("close", () => done()));
  let output = "";
  const base = await new Promise<string>((done, fail) => {
    const bound = setTimeout(() => fail(new Error(`the portal does not start:\n${output}`)), START_MS);
    void ended.then(() => fail(new Error(`the portal ended:\n${output}`)));
    portal.stdout.on("data", (chunk) => {
      output += chunk;
      const found = /runs at (http:\S+)/.exec(output)?.[1];
      if (!found) return;
      clearTimeout(bound);
      done(found);
    });
  });
  return {
    base,
    end: async () => {
      portal.kill("SIGTERM");
      await ended;
    },
  };
}

/** Readers of every kind at the busiest agency, where they are not there yet; the citizen is one of those who filed. */
async function openAccounts(ctx: Context<System>, owner: pg.Pool): Promise<Record<string, string>> {
  const { agencyId, role } = await busiestPlace(owner);
  const { identifier } = await ctx.db.agency.findUniqueOrThrow({ where: { id: agencyId } });
  const nameOf = (held: string) => `do.${held}.${agencyId.slice(-6)}`;
  const isNew = async (username: string) => !(await ctx.db.account.findUnique({ where: { username } }));
  for (const held of new Set(["desk", role, "leader"]))
    if (await isNew(nameOf(held)))
      await createOfficer(ctx, {
        username: nameOf(held),
        displayName: `Cán bộ ${held}`,
        password: PASSWORD,
        postings: [{ agency: identifier, role: held }],
      });
  if (await isNew("do.quantri"))
    await createAdmin(ctx, { username: "do.quantri", displayName: "Quản trị", password: PASSWORD });
  const { rows } = await owner.query<{ username: string }>(
    `UPDATE accounts SET "passwordHash" = (SELECT "passwordHash" FROM accounts WHERE username = 'do.quantri')
     WHERE id = (SELECT "applicantAccountId" FROM dossiers WHERE "applicantAccountId" IS NOT NULL AND "receivingAgencyId" = $1
       GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)
     RETURNING username`,
    [agencyId],
  );
  return {
    citizen: rows[0]?.username ?? "",
    desk: nameOf("desk"),
    specialist: nameOf(role),
    leader: nameOf("leader"),
    admin: "do.quantri",
  };
}

async function signIn(base: string, username: string): Promise<Client> {
  const client = new Client(base);
  const page = await client.post("/dang-nhap", { username, password: PASSWORD });
  if (page.status >= 400 || page.path.startsWith("/dang-nhap"))
    throw new Error(`${username} cannot sign in: ${page.status} ${page.text.slice(0, 200)}`);
  return client;
}

async function linkLike(client: Client, path: string, pattern: RegExp): Promise<string> {
  const page = await client.get(path);
  const hrefs = page.listByRole("link").map((link) => attribute(link, "href") ?? "");
  const found = hrefs.find((href) => pattern.test(href));
  if (!found) throw new Error(`${path} (${page.status}) has no link like ${pattern}`);
  return found;
}

/** [who reads, what it is called, where it is]: what every kind of reader opens on most days. */
async function listPages(people: Readonly<Record<string, Client>>, owner: pg.Pool, hall: GeneratedHall) {
  const { citizen, specialist } = people as Record<"citizen" | "specialist", Client>;
  const own = await linkLike(citizen, "/ca-nhan/ho-so", /^\/ca-nhan\/ho-so\/[A-Z0-9]{8,}$/);
  const dossier = await linkLike(specialist, "/mot-cua?muc=co-quan", /^\/mot-cua\/ho-so\/[0-9a-f-]{36}$/);
  const { rows } = await owner.query<{ code: string; name: string; procedure: string }>(
    `SELECT d.code, p."fullName" AS name, c.code AS procedure FROM dossiers d JOIN procedures c ON c.id = d."procedureId"
     JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'
     WHERE d.code IS NOT NULL AND d."receivingAgencyId" = $1 ORDER BY d.id OFFSET 9 LIMIT 1`,
    [(await busiestPlace(owner)).agencyId],
  );
  const [old] = rows;
  if (!old) throw new Error("there is no dossier with a code");
  const year = isoDay(now()).slice(0, 4);
  const found = (q: string) => `/mot-cua?q=${encodeURIComponent(q)}`;
  return [
    ["visitor", "home", "/"],
    ["visitor", "search", "/thu-tuc?q=dang%20ky%20khai%20sinh"],
    ["visitor", "procedure page", `/thu-tuc/${old.procedure}`],
    ["visitor", "tracking by reference", `/tra-cuu?ma=${own.split("/").at(-1)}`],
    ["visitor", "tracking by code", `/tra-cuu?ma=${old.code}`],
    ["citizen", "own dossiers", "/ca-nhan/ho-so"],
    ["citizen", "own dossier", own],
    ["citizen", "who looked at it", `${own}/nguoi-da-xem`],
    ["citizen", "notices", "/ca-nhan/thong-bao"],
    ["citizen", "appointments", "/ca-nhan/lich-hen"],
    ["specialist", "worklist, own", "/mot-cua"],
    ["specialist", "worklist, agency", "/mot-cua?muc=co-quan"],
    ["specialist", "worklist, late", "/mot-cua?muc=qua-han"],
    ["specialist", "dossier page", dossier],
    ["desk", "worklist", "/mot-cua"],
    ["desk", "worklist, waiting for the applicant", "/mot-cua?muc=cho-nguoi-nop"],
    ["desk", "worklist, narrowed and sorted", "/mot-cua?muc=co-quan&kenh=truc-tuyen&xep=han"],
    ["desk", "archive", "/mot-cua?muc=da-xong"],
    ["desk", "archive, oldest first", "/mot-cua?muc=da-xong&xep=cu"],
    ["desk", "everything, newest first", "/mot-cua?muc=tat-ca"],
    ["desk", "search: a code", found(old.code)],
    ["desk", "search: a name", found(old.name)],
    ["desk", "search: a name that nobody bears", found("Wittgenstein Ludwig")],
    ["desk", "register of dossiers", "/mot-cua/so-theo-doi"],
    ["desk", "taking in, chooser", "/mot-cua/tiep-nhan"],
    ["desk", "results to hand over", "/mot-cua/tra-ket-qua"],
    ["leader", "figures of the agency", "/mot-cua/ket-qua-xu-ly"],
    ["leader", "board of the agencies led", "/mot-cua/tinh-hinh"],
    ["admin", "board of all agencies, this year", `/quan-tri/tinh-hinh?tu=${year}-01&den=${year}-12`],
    ["leader", "ratings", "/mot-cua/danh-gia"],
    ["visitor", "board of a hall", `/xep-hang/${hall.slug}/bang`],
    ["visitor", "number on a phone", `/xep-hang/so/${hall.ticket}`],
    ["desk", "panel of a counter", "/mot-cua/quay"],
    ["desk", "halls", "/mot-cua/sanh"],
    ["leader", "figures of a hall", "/mot-cua/sanh/thong-ke"],
    ["admin", "agencies", "/quan-tri/co-quan"],
    ["admin", "people", "/quan-tri/nguoi-dung"],
    ["admin", "procedures", "/quan-tri/thu-tuc"],
  ] as const;
}

export type Reader = { name: string; path: string; client: Client };

/** Everybody signed in at a portal, with what they open. @param base where it answers */
export async function gatherReaders(ctx: Context<System>, owner: pg.Pool, base: string): Promise<Reader[]> {
  const people: Record<string, Client> = { visitor: new Client(base) };
  const accounts = await openAccounts(ctx, owner);
  for (const [who, username] of Object.entries(accounts)) people[who] = await signIn(base, username);
  const { agencyId } = await busiestPlace(owner);
  const { id: officerId } = await ctx.db.account.findUniqueOrThrow({ where: { username: accounts["desk"] ?? "" } });
  const pages = await listPages(people, owner, await fillHall(ctx, owner, { agencyId, officerId }));
  return pages.map(([who, name, path]) => ({ name: `${who}: ${name}`, path, client: people[who] as Client }));
}

/** Starts a portal, and has everybody read their pages. @returns ms of the quickest answer */
export async function measureVisits(ctx: Context<System>, owner: pg.Pool): Promise<Visit[]> {
  const { base, end } = await openPortal();
  try {
    const visits: Visit[] = [];
    for (const { name, path, client } of await gatherReaders(ctx, owner, base)) {
      const runs: number[] = [];
      for (let i = 0; i < WARM + TIMES; i++) {
        const started = performance.now();
        const { status } = await client.get(path);
        if (i >= WARM) runs.push(performance.now() - started);
        if (status !== 200) throw new Error(`${name}: ${status} at ${path}`);
      }
      visits.push({ name, ms: quickest(runs) });
    }
    return visits;
  } finally {
    await end();
  }
}
