import pg from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { demoOfficers } from "#dev/demo.ts";
import { listWork } from "#dossiers/index.ts";
import type { Context, Officer, Surroundings } from "#platform/context.ts";
import { fold } from "#platform/format.ts";
import type { TestDatabase } from "../support/database.ts";
import { agencyIdOf, asOfficer, provinceDatabase } from "../support/province.ts";

/*
 * A name that more bear than can be gone through at once is looked for among an agency's newest dossiers, then among more
 * of them, and by its words alone where those are not enough. Whichever way it goes, the same is found in the same order.
 */

const monday = new Date("2026-11-23T02:00:00Z");
const HERE = 13_000;
const ELSEWHERE = 3_000;

let database: TestDatabase;
let desk: Context<Officer>;
let bothDesks: Context<Officer>;

/** The dossier that was filed so many minutes before Monday morning, at one agency or the other. */
const idOf = (letter: "a" | "b", age: number) => `00000000-0000-4000-8000-${letter}${String(age).padStart(11, "0")}`;
const ages = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

async function fileMany(letter: "a" | "b", agencyId: string, many: number): Promise<void> {
  const { db } = database;
  const version = await db.procedureVersion.findFirstOrThrow({ select: { id: true, procedureId: true } });
  await db.$executeRaw`
    INSERT INTO dossiers (id, reference, "procedureId", "procedureVersionId", "receivingAgencyId", "competentAgencyId",
      channel, "returnMethod", status, "submittedAt", "enteredAt")
    SELECT ('00000000-0000-4000-8000-' || ${letter} || lpad(n::text, 11, '0'))::uuid, 'TEN' || ${letter} || n,
      ${version.procedureId}::uuid, ${version.id}::uuid, ${agencyId}::uuid, ${agencyId}::uuid, 'counter', 'counter', 'delivered',
      ${monday}::timestamptz - n * interval '1 minute' - CASE ${letter} WHEN 'b' THEN interval '30 seconds' ELSE interval '0' END, ${monday}
    FROM generate_series(1, ${many}::int) n`;
}

async function name(
  role: "applicant" | "owner",
  fullName: string,
  letter: "a" | "b",
  from: number,
  to: number,
  kinds = 1,
) {
  await database.db.$executeRaw`
    INSERT INTO dossier_parties (id, "dossierId", role, "fullName", "searchName")
    SELECT gen_random_uuid(), ('00000000-0000-4000-8000-' || ${letter} || lpad(n::text, 11, '0'))::uuid, ${role}::"PartyRole",
      concat(${fullName}::text, nth), concat(${fold(fullName)}::text, nth)
    FROM generate_series(${from}::int, ${to}::int) n, LATERAL (SELECT CASE WHEN ${kinds} > 1 THEN n % ${kinds} END AS nth) k`;
}

beforeAll(async () => {
  database = await provinceDatabase();
  const world: Surroundings = { db: database.db, files: undefined as never, publicUrl: "https://dichvucong.example" };
  const [here, elsewhere] = [await agencyIdOf(world, "dongKinh"), await agencyIdOf(world, "huuLung")];
  desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
  const [posting] = desk.actor.postings;
  if (!posting) throw new Error("the desk's officer has no place");
  bothDesks = { ...desk, actor: { ...desk.actor, postings: [posting, { ...posting, agencyId: elsewhere }] } };
  await fileMany("a", here, HERE);
  await fileMany("b", elsewhere, ELSEWHERE);
  // Among the newest from the first on; the oldest alone; a few of the newest, and all behind them.
  await name("applicant", "Nguyễn Văn An", "a", 1, 6_500);
  await name("applicant", "Trần Văn Bình", "a", 6_501, HERE);
  await name("owner", "Lê Văn Cường", "a", 1_301, HERE);
  await name("applicant", "Nguyễn Văn An", "b", 1, ELSEWHERE);
  // Of fewer than a hundred words PostgreSQL does not estimate how many begin so.
  await name("owner", "Phạm Thứ", "a", 1, 1_300, 200);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query("ANALYZE dossier_parties");
  await owner.end();
}, 120_000);

/** All that is found, page by page, with how it was looked for on the first page. */
async function walk(ctx: Context<Officer>, q: string, size: number, filter = {}) {
  const asked = vi.spyOn(database.pool, "query");
  const found: string[] = [];
  let way = "";
  let cursor = null;
  do {
    const { rows, next } = await listWork(ctx, { list: "all", filter: { q, ...filter } }, cursor, size);
    if (found.length === 0) {
      const texts = asked.mock.calls.map(([config]) => (config as unknown as { text: string }).text);
      way = ["1500", "6000"].filter((newest) => texts.some((text) => text.includes(`LIMIT ${newest}`))).join(", ");
    }
    found.push(...rows.map(({ dossierId }) => dossierId));
    cursor = next;
  } while (cursor);
  asked.mockRestore();
  return { found, way };
}

const idsOf = (letter: "a" | "b", from: number, to: number): string[] => ages(from, to).map((age) => idOf(letter, age));

test.each([
  ["the newest bear it", "nguyễn văn", "1500", idsOf("a", 1, 6_500)],
  ["only begun", "Nguyen V", "1500", idsOf("a", 1, 6_500)],
  ["those behind the newest bear it", "Lê Văn", "1500, 6000", idsOf("a", 1_301, HERE)],
  ["the oldest bear it", "Trần", "1500", idsOf("a", 6_501, HERE)],
])("a name that many bear, where %s, is found to the last dossier, newest first", async (_where, q, way, expected) => {
  const all = await walk(desk, q, 500);
  expect(all.found).toEqual(expected);
  expect(all.way).toBe(way);
});

test("who works at two agencies finds those of both in one order", async () => {
  const all = await walk(bothDesks, "nguyen van", 500);
  expect(all.way).toBe("1500");
  const expected = ages(1, 6_500).flatMap((age) => [idOf("a", age), ...(age <= ELSEWHERE ? [idOf("b", age)] : [])]);
  expect(all.found).toEqual(expected);
});

test("what narrows the list besides narrows it here, too", async () => {
  const none = await walk(desk, "nguyen van", 500, { status: "withdrawn" });
  expect(none).toEqual({ found: [], way: "1500" });
});

test("a whole name, which fewer bear, is found by its words", async () => {
  const all = await walk(desk, "Trần Văn Bình", 500);
  expect(all).toEqual({ found: idsOf("a", 6_501, HERE), way: "" });
});

test("a part that stands in the middle of a word is no name, and words in another order are another name", async () => {
  expect(await walk(desk, "guyen van", 20)).toEqual({ found: [], way: "" });
  expect(await walk(desk, "van nguyen", 20)).toEqual({ found: [], way: "" });
});
