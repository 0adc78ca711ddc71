import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { type Db, inTransaction, Prisma } from "#platform/db.ts";
import { insertion, type Rows, replacement, writeTogether } from "#platform/writes.ts";
import { agencyIdOf, provinceDatabase } from "../support/province.ts";

let db: Db;
let dossierOf: (values?: Partial<Rows["dossiers"]>) => Rows["dossiers"] & { id: string };

beforeAll(async () => {
  ({ db } = await provinceDatabase());
  const agencyId = await agencyIdOf({ db }, "dongKinh");
  const version = await db.procedureVersion.findFirstOrThrow({ select: { id: true, procedureId: true } });
  dossierOf = (values) => ({
    id: randomUUID(),
    reference: randomUUID(),
    procedureId: version.procedureId,
    procedureVersionId: version.id,
    receivingAgencyId: agencyId,
    competentAgencyId: agencyId,
    channel: "online",
    returnMethod: "counter",
    status: "submitted",
    submittedAt: new Date("2026-11-23T02:00:00.123Z"),
    enteredAt: new Date("2026-11-23T02:00:00.123Z"),
    ...values,
  });
}, 60_000);

const write = (...[parts, jobs]: [Parameters<typeof writeTogether>[1], Prisma.Sql[]?]) =>
  inTransaction({ db }, (tx) => writeTogether(tx, parts, jobs));

test("rows of several tables that point at each other come with one statement, and are read as they were given", async () => {
  const dossier = dossierOf({ dueExplanation: { reason: 'dấu "ngoặc" và \\u0041' } });
  const fee = { dossierId: dossier.id, feeId: "a", name: "Lệ phí", amount: 9_007_199_254_740_993n };
  const written = await write({
    fees: insertion("fee_lines", [fee, { ...fee, feeId: "b", amount: 0n, quantity: 3 }]),
    dossier: insertion("dossiers", [dossier]),
    answers: insertion("answer_revisions", [
      { dossierId: dossier.id, number: 1, answers: { n: [1.5, null, "x"] }, at: dossier.submittedAt },
    ]),
    nothing: undefined,
  }).catch((error: unknown) => error);
  // What one row names is written in all: a column with a default has to be given by all rows or by none.
  expect(String(written)).toMatch(/null value in column "quantity"|23502/);

  const counts = await write({
    fees: insertion("fee_lines", [fee, { ...fee, feeId: "b", amount: 0n }]),
    dossier: insertion("dossiers", [dossier]),
    answers: insertion("answer_revisions", [
      { dossierId: dossier.id, number: 1, answers: { n: [1.5, null, "x"] }, at: dossier.submittedAt },
    ]),
    nothing: undefined,
  });
  expect(counts).toEqual({ fees: 2, dossier: 1, answers: 1 });
  const found = await db.dossier.findUniqueOrThrow({
    where: { id: dossier.id },
    include: { fees: true, answers: true },
  });
  expect(found).toMatchObject({ ...dossier, linkCodeHash: null, code: null, version: 0, restricted: false });
  expect(found.fees.map(({ feeId, amount, quantity }) => [feeId, amount, quantity]).sort()).toEqual([
    ["a", 9_007_199_254_740_993n, 1],
    ["b", 0n, 1],
  ]);
  expect(found.answers[0]?.answers).toEqual({ n: [1.5, null, "x"] });
});

test("half a letter, as a text cut in the middle of a sign has, becomes the sign for one and refuses nothing", async () => {
  const dossier = dossierOf();
  const party = { dossierId: dossier.id, role: "applicant" as const, searchName: "an" };
  await write({
    dossier: insertion("dossiers", [dossier]),
    party: insertion("dossier_parties", [{ ...party, fullName: "An \ud83d và 👩", address: "\\ud83d" }]),
  });
  const [found] = await db.dossierParty.findMany({ where: { dossierId: dossier.id } });
  expect(found).toMatchObject({ fullName: "An \ufffd và 👩", address: "\\ud83d" });
});

test("a part that hangs on another writes nothing where that found nothing", async () => {
  const dossier = dossierOf();
  await write({ dossier: insertion("dossiers", [dossier]) });
  const change = (version: number, code: string) =>
    write({
      changed: replacement(
        "dossiers",
        { code, acceptedAt: dossier.submittedAt, dueAt: null },
        Prisma.sql`old.id = ${dossier.id}::uuid AND old.version = ${version}`,
      ),
      fee: insertion("fee_lines", [{ dossierId: dossier.id, feeId: code, name: "x", amount: 1n }], "changed"),
    });
  expect(await change(7, "late")).toEqual({ changed: 0, fee: 0 });
  expect(await change(0, "right")).toEqual({ changed: 1, fee: 1 });
  const found = await db.dossier.findUniqueOrThrow({ where: { id: dossier.id }, include: { fees: true } });
  expect([found.code, found.acceptedAt, found.fees.map(({ feeId }) => feeId)]).toEqual([
    "right",
    dossier.submittedAt,
    ["right"],
  ]);
});

test("a key that is taken, or leads nowhere, undoes all of it", async () => {
  const [one, two] = [dossierOf(), dossierOf()];
  await expect(
    write({
      dossiers: insertion("dossiers", [one, two]),
      fee: insertion("fee_lines", [{ dossierId: randomUUID(), feeId: "a", name: "x", amount: 1n }]),
    }),
  ).rejects.toThrow(/23503|foreign key/i);
  await expect(write({ dossiers: insertion("dossiers", [one, { ...two, id: one.id }]) })).rejects.toThrow(
    /23505|unique/i,
  );
  expect(await db.dossier.count({ where: { id: { in: [one.id, two.id] } } })).toBe(0);
});

test("rows that name no id get one each, in the order of time", async () => {
  const dossier = dossierOf();
  const fees = ["a", "b", "c"].map((feeId) => ({ dossierId: dossier.id, feeId, name: "x", amount: 1n }));
  await write({ dossier: insertion("dossiers", [dossier]), fees: insertion("fee_lines", fees) });
  const found = await db.feeLine.findMany({ where: { dossierId: dossier.id }, orderBy: { id: "asc" } });
  expect(found.map(({ feeId }) => feeId)).toEqual(["a", "b", "c"]);
  for (const { id } of found) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});
