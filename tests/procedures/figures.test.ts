import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { countProcedures, findCurrentVersion, findFigures, listWellKnown, shareOf } from "#procedures/index.ts";
import { yearOf } from "../../src/procedures/rules/figures.ts";
import { startTestApp } from "../support/app.ts";
import { agencyIdOf, provinceDatabase } from "../support/province.ts";

const portal = await startTestApp({ database: await provinceDatabase() });
const NOW = new Date("2026-11-22T10:05:00+07:00");
const ctx = portal.system(NOW);
/** Filed most, though its code is not the first. */
const LICENCE = "3.000347";

type Status = "submitted" | "declined" | "withdrawn" | "processing" | "completed" | "delivered" | "refused";
type Sample = { status: Status; channel?: "online" | "counter"; submitted: string; due?: string; finished?: string };

let codes = 0;
async function file({ status, channel = "online", submitted, due, finished }: Sample): Promise<string> {
  const version = await findCurrentVersion(ctx, LICENCE);
  if (!version) throw new Error("the seed lacks the exchange of driving licences");
  const agency = await agencyIdOf(portal, "dongKinh");
  const { id } = await portal.db.dossier.create({
    data: {
      reference: randomUUID(),
      procedureId: version.procedureId,
      procedureVersionId: version.id,
      receivingAgencyId: agency,
      competentAgencyId: agency,
      channel,
      returnMethod: "counter",
      status,
      submittedAt: new Date(submitted),
      enteredAt: new Date(submitted),
      ...(["submitted", "declined"].includes(status)
        ? {}
        : { acceptedAt: new Date(submitted), code: `H37.05977-260101-${String(++codes).padStart(4, "0")}` }),
      dueAt: due ? new Date(due) : null,
      finishedAt: finished ? new Date(finished) : null,
    },
  });
  return id;
}

const SAMPLES: Sample[] = [
  {
    status: "delivered",
    submitted: "2025-12-31T23:59:00+07:00",
    due: "2026-01-05T10:00:00Z",
    finished: "2026-01-05T10:00:00Z",
  },
  {
    status: "completed",
    submitted: "2026-01-01T00:00:00+07:00",
    due: "2026-01-05T10:00:00Z",
    finished: "2026-01-05T10:00:01Z",
  },
  {
    status: "refused",
    channel: "counter",
    submitted: "2026-05-01T08:00:00+07:00",
    due: "2026-05-05T10:00:00Z",
    finished: "2026-05-04T10:00:00Z",
  },
  { status: "declined", submitted: "2026-05-02T08:00:00+07:00", finished: "2026-05-02T09:00:00+07:00" },
  {
    status: "withdrawn",
    submitted: "2026-05-02T08:00:00+07:00",
    due: "2026-05-05T10:00:00Z",
    finished: "2026-05-03T09:00:00+07:00",
  },
  { status: "processing", submitted: "2026-11-20T08:00:00+07:00", due: "2026-11-24T10:00:00Z" },
  { status: "submitted", submitted: "2026-11-21T08:00:00+07:00" },
  {
    status: "delivered",
    submitted: "2026-03-02T08:00:00+07:00",
    due: "2026-03-05T10:00:00Z",
    finished: "2026-03-06T00:00:00+07:00",
  },
];

beforeAll(async () => {
  const ids = [];
  for (const sample of SAMPLES) ids.push(await file(sample));
  const rate = (dossierId: string | undefined, number: number, overall: number, replaced: boolean) =>
    portal.db.rating.create({
      data: {
        dossierId: dossierId ?? "",
        number,
        procedureId: (versionIds.procedureId ?? "") as string,
        receivingAgencyId: versionIds.agency ?? "",
        overall,
        at: new Date("2026-05-06T08:00:00+07:00"),
        replacedAt: replaced ? NOW : null,
      },
    });
  const version = await findCurrentVersion(ctx, LICENCE);
  const versionIds = { procedureId: version?.procedureId, agency: await agencyIdOf(portal, "dongKinh") };
  await rate(ids[0], 1, 1, true);
  await rate(ids[0], 2, 3, false);
  await rate(ids[1], 1, 1, false);
});

describe("how procedures fared since 1 January", () => {
  test("is nothing known before it was counted: the home page and the procedure's page say so", async () => {
    expect(await findFigures(portal.system(new Date("2026-11-22T10:00:00+07:00")))).toBeNull();
    expect((await portal.client().get("/")).text).toContain("Chưa có số liệu từ đầu năm");
  });

  test("counts the calendar year in Vietnam; what was taken in was received; what was declined or withdrawn was not resolved; a day late is late", async () => {
    await countProcedures(ctx);
    await countProcedures(ctx);
    const row = await portal.db.procedureFigures.findFirstOrThrow({ where: { procedure: { code: LICENCE } } });
    expect(row).toMatchObject({
      year: 2026,
      received: 5,
      receivedOnline: 4,
      resolved: 4,
      dueResolved: 4,
      onTime: 3,
      rated: 2,
      satisfied: 1,
    });
    expect(await portal.db.procedureFigures.count()).toBe(await portal.db.procedure.count());
  });

  test("what was taken in most is what most people need", async () => {
    expect((await listWellKnown(ctx))[0]?.code).toBe(LICENCE);
  });

  test.each([
    ["2025-12-31T16:59:59Z", 2025],
    ["2025-12-31T17:00:00Z", 2026],
  ])("the year begins at midnight in Vietnam: %s", (at, year) => {
    expect(yearOf(new Date(at)).year).toBe(year);
  });

  test.each([
    [0, 0, null],
    [0, 3, 0],
    [3, 3, 100],
    [1999, 2000, 99.9],
    [19_999, 20_000, 99.9],
    [1, 3, 33.3],
  ])("%i of %i is said as a share of %s", (part, of, share) => {
    expect(shareOf(part, of)).toBe(share);
  });
});
