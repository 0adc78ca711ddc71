import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dateOf } from "#calendar/index.ts";
import { acceptDossier, findTallyGaps, readTallies, rollUpTallies, voidAcceptance } from "#dossiers/index.ts";
import { isFinished, isReceived, STATUSES } from "#dossiers/rules.ts";
import type { Db } from "#platform/db.ts";
import { withClient } from "../../src/dev/database.mjs";
import fc from "../support/drawn.ts";
import { provinceDatabase } from "../support/province.ts";
import { at, makeWalk, type Walk } from "./walk.ts";

const database = await provinceDatabase();
let walk: Walk;
let agencies: string[] = [];
beforeAll(async () => {
  const { db } = database;
  walk = await makeWalk({ db, files: {} as never, publicUrl: "https://dichvucong.example" });
  agencies = [await walk.agency("dongKinh"), await walk.agency("huuLung")];
  for (let i = 0; i < 3; i++) await walk.submit("1.001193");
}, 60_000);
afterAll(() => walk.end());

const MONTH = { from: "2026-11", to: "2026-11" };
const MONTHS = { from: "2026-08", to: "2026-12" };
const TODAY = "2026-11-10";
const SOON = "2026-11-11";
const inMonths = (moment: Date | null): boolean => {
  const month = moment ? dateOf(moment).slice(0, 7) : "";
  return month >= MONTHS.from && month <= MONTHS.to;
};

/** The same figures by the rules of the code, from every row. */
async function countAnew(db: Db) {
  const rows = await db.dossier.findMany();
  const sum = (which: (row: (typeof rows)[number]) => boolean): number => rows.filter(which).length;
  return agencies
    .map((agencyId) => {
      const own = (which: (row: (typeof rows)[number]) => boolean) =>
        sum((row) => row.receivingAgencyId === agencyId && which(row));
      const received = (channel?: string) =>
        own((d) => isReceived(d.status) && inMonths(d.acceptedAt) && (!channel || d.channel === channel));
      const ended = (...among: string[]) => own((d) => among.includes(d.status) && inMonths(d.finishedAt));
      const inTime = own(
        (d) =>
          ["completed", "delivered", "refused"].includes(d.status) &&
          d.finishedAt !== null &&
          inMonths(d.finishedAt) &&
          (!d.dueAt || dateOf(d.finishedAt) <= dateOf(d.dueAt)),
      );
      const due = (which: (day: string) => boolean) =>
        own((d) => !d.finishedAt && !d.pausedAt && d.dueAt !== null && which(dateOf(d.dueAt)));
      const isWaiting = (status: string) => status.startsWith("awaiting");
      return {
        agencyId,
        received: received(),
        online: received("online"),
        counter: received("counter"),
        post: received("post"),
        inTime,
        late: ended("completed", "delivered", "refused") - inTime,
        declined: ended("declined"),
        ended: ended("withdrawn", "stopped"),
        intake: own((d) => d.status === "submitted" || d.status === "intake_supplement"),
        open: own((d) => isReceived(d.status) && !isFinished(d.status)),
        waiting: own((d) => isWaiting(d.status)),
        overdue: due((day) => day < TODAY),
        soon: due((day) => day >= TODAY && day <= SOON),
      };
    })
    .filter(({ agencyId, ...figures }) => agencyId !== "" && Object.values(figures).some((n) => n > 0))
    .sort((a, b) => (a.agencyId < b.agencyId ? -1 : 1));
}

const ctx = { db: database.db };
const readBoth = () => readTallies(ctx, agencies, { period: MONTHS, year: MONTHS }, { today: TODAY, soon: SOON });
const read = async () =>
  (await readBoth()).agencies
    .filter(({ agencyId: _, ...figures }) => Object.values(figures).some((n) => n > 0))
    .sort((a, b) => (a.agencyId < b.agencyId ? -1 : 1));

async function mustAgree() {
  expect(await findTallyGaps(ctx)).toEqual([]);
  const agencyRows = await read();
  expect(agencyRows).toEqual(await countAnew(database.db));
  const { months } = await readBoth();
  const over = (rows: readonly { received: number; late: number }[]) =>
    rows.reduce((all, row) => [all[0] + row.received, all[1] + row.late] as [number, number], [0, 0] as [
      number,
      number,
    ]);
  expect(over(months)).toEqual(over(agencyRows));
  // Agencies keep to the period, months to the year, wherever one ends and the other goes on.
  const narrow = await readTallies(ctx, agencies, { period: MONTH, year: MONTHS }, { today: TODAY, soon: SOON });
  expect(narrow.months).toEqual(months);
  expect(over(narrow.agencies)).toEqual(over(months.filter(({ month }) => month === MONTH.from)));
  const late = await readTallies(ctx, agencies, { period: MONTHS, year: MONTH }, { today: TODAY, soon: SOON });
  expect(late.months).toEqual(months.filter(({ month }) => month === MONTH.from));
  expect(over(late.agencies)).toEqual(over(agencyRows));
}

/** Moments around midnights and month ends of Việt Nam. */
const moment = fc.constantFrom(
  null,
  ...[
    "2026-09-30T16:59:59Z",
    "2026-09-30T17:00:00Z",
    "2026-11-09T16:59:00Z",
    "2026-11-09T17:30:00Z",
    "2026-11-11T03:00:00Z",
  ].map((iso) => new Date(iso)),
);
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constantFrom("change", "undo", "copy" as const),
      which: fc.nat(),
      agency: fc.nat({ max: 1 }),
      status: fc.constantFrom(...STATUSES),
      channel: fc.constantFrom("online", "counter", "post"),
      accepted: moment,
      finished: moment,
      due: moment,
      paused: moment,
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom("roll", "roll twice at once", "rebuild") }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

const COLUMNS = `"receivingAgencyId" = $2, status = $3::"DossierStatus", channel = $4::"Channel", "acceptedAt" = $5,
  "finishedAt" = $6, "dueAt" = $7, "pausedAt" = $8, code = CASE WHEN $5::timestamptz IS NULL THEN NULL ELSE id::text END`;

async function carryOut(one: Act): Promise<void> {
  if (!("which" in one)) {
    if (one.what === "rebuild") await withClient(database.ownerUrl, (c) => c.query("SELECT rebuild_dossier_tallies()"));
    else await Promise.all(Array.from({ length: one.what === "roll" ? 1 : 3 }, () => rollUpTallies(ctx)));
    return;
  }
  await withClient(database.url, async (client) => {
    const { rows } = await client.query<{ id: string }>("SELECT id FROM dossiers ORDER BY id");
    const id = rows[one.which % rows.length]?.id;
    const values = [one.status, one.channel, one.accepted, one.finished, one.due, one.finished ? null : one.paused];
    await client.query("BEGIN");
    if (one.what === "copy")
      await client.query(
        `INSERT INTO dossiers SELECT (jsonb_populate_record(d, jsonb_build_object('id', $2::uuid, 'reference', $3::text,
           'code', CASE WHEN d.code IS NOT NULL THEN $3::text END, 'draftId', NULL))).* FROM dossiers d WHERE id = $1`,
        [id, randomUUID(), randomUUID()],
      );
    else await client.query(`UPDATE dossiers SET ${COLUMNS} WHERE id = $1`, [id, agencies[one.agency], ...values]);
    await client.query(one.what === "undo" ? "ROLLBACK" : "COMMIT");
  });
}

test("counters are a count of the dossiers after every act, whoever sums up when", async () => {
  await mustAgree();
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 12 }), async (acts) => {
      for (const one of acts) {
        await carryOut(one);
        await mustAgree();
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 60_000);

test("what is under way while another sums up is counted when it is done", async () => {
  await rollUpTallies(ctx);
  const before = await read();
  await withClient(database.url, async (client) => {
    await client.query("BEGIN");
    await client.query(
      `UPDATE dossiers SET status = 'submitted' WHERE id = (SELECT max(id::text)::uuid FROM dossiers)`,
    );
    await client.query(`UPDATE dossiers SET status = 'declined', "acceptedAt" = NULL, code = NULL, "pausedAt" = NULL, "finishedAt" = '2026-11-05T03:00:00Z'
      WHERE id = (SELECT max(id::text)::uuid FROM dossiers)`);
    await rollUpTallies(ctx);
    await withClient(database.ownerUrl, (owner) => owner.query("SELECT rebuild_dossier_tallies()"));
    expect(await read()).toEqual(before);
    await client.query("COMMIT");
  });
  await mustAgree();
  expect(await rollUpTallies(ctx)).toBeGreaterThan(0);
  expect(await rollUpTallies(ctx)).toBe(0);
  await mustAgree();
});

test("taken in counts in its month, voided it was never received", async () => {
  const { dossierId } = await walk.submit("1.001193");
  const before = await read();
  const desk = await walk.officer("dongKinhDesk", at("2026-11-03"));
  await acceptDossier(desk, { dossierId, version: 0 });
  const receivedAt = (rows: Awaited<ReturnType<typeof read>>) =>
    rows.find(({ agencyId }) => agencyId === agencies[0])?.received ?? 0;
  expect(receivedAt(await read()) - receivedAt(before)).toBe(1);
  const { version } = await database.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
  await voidAcceptance(desk, { dossierId, version, reason: "Tiếp nhận nhầm người nộp." });
  expect(receivedAt(await read())).toBe(receivedAt(before));
  await mustAgree();
});

test("a row that was changed past the counters is found", async () => {
  await withClient(database.ownerUrl, async (client) => {
    await client.query("ALTER TABLE dossiers DISABLE TRIGGER dossiers_tally_moves");
    await client.query(`UPDATE dossiers SET status = 'stopped', "finishedAt" = '2026-10-05T03:00:00Z'
      WHERE id = (SELECT max(id::text)::uuid FROM dossiers)`);
    await client.query("ALTER TABLE dossiers ENABLE TRIGGER dossiers_tally_moves");
  });
  expect(await findTallyGaps(ctx)).toContainEqual(
    expect.objectContaining({ month: "2026-10", measure: "stopped", counted: expect.any(Number) }),
  );
  await withClient(database.ownerUrl, (client) => client.query("SELECT rebuild_dossier_tallies()"));
  await mustAgree();
});
