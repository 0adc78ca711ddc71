import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { issuePaper } from "#documents/index.ts";
import { randomCode } from "#platform/codes.ts";
import type { Citizen, Context, Officer, Surroundings } from "#platform/context.ts";
import { systemContext } from "#platform/context.ts";
import { type Db, inTransaction } from "#platform/db.ts";
import { ProcedureDefinition, publishProcedure } from "#procedures/index.ts";

export const ACCEPTED = new Date("2026-02-03T02:20:00Z");
const DEFINITION = ProcedureDefinition.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, "../../prisma/seed/procedures/1.001193.json"), "utf8")),
);

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** A ward with its one-stop desk, another ward, an applicant, a stranger, and a published procedure. */
export async function makeWorld(surroundings: Surroundings) {
  const { db } = surroundings;
  const unit = (code: string, name: string, level: "province" | "commune", parentCode: string | null) =>
    db.administrativeUnit.create({
      data: {
        code,
        name,
        fullName: `${level === "province" ? "Tỉnh" : "Phường"} ${name}`,
        type: "phuong",
        level,
        parentCode,
        searchName: name,
      },
    });
  await unit("20", "Lạng Sơn", "province", null);
  await unit("05977", "Kỳ Lừa", "commune", "20");
  await unit("05978", "Đông Kinh", "commune", "20");
  const agency = (name: string, code: string) =>
    db.agency.create({
      data: {
        identifier: `H37.${code}`,
        kind: "commune_committee",
        level: "commune",
        functions: [],
        name: `Ủy ban nhân dân ${name}`,
        shortName: `UBND ${name}`,
        address: "Số 12 đường Trần Đăng Ninh",
        phone: "0205 3812 345",
        unitCode: code,
        units: { create: { name: "Bộ phận Một cửa", kind: "one_stop" } },
      },
    });
  const ward = await agency("phường Kỳ Lừa", "05977");
  const otherWard = await agency("phường Đông Kinh", "05978");
  const person = (username: string, kind: "citizen" | "officer") =>
    db.account.create({ data: { kind, username, displayName: username } });
  const accounts = {
    applicant: await person("0912345678", "citizen"),
    stranger: await person("0987654321", "citizen"),
    desk: await person("desk", "officer"),
    elsewhere: await person("elsewhere", "officer"),
  };
  const base = { ...surroundings, now: ACCEPTED, requestId: "test", language: "vi" as const };
  const officer = (accountId: string, agencyId: string, name: string): Context<Officer> => ({
    ...base,
    actor: { kind: "officer", accountId, name, postings: [{ agencyId, unitId: null, role: "desk" }] } as Officer,
  });
  const citizen = (accountId: string): Context<Citizen> => ({
    ...base,
    actor: { kind: "citizen", accountId, name: "x" } as Citizen,
  });
  const { versionId } = await publishProcedure(
    systemContext(surroundings, ACCEPTED, "test"),
    DEFINITION,
    new Date("2026-01-01T00:00:00Z"),
  );
  const version = await db.procedureVersion.findUniqueOrThrow({ where: { id: versionId } });
  return {
    ...surroundings,
    ward,
    otherWard,
    accounts,
    version,
    definition: DEFINITION,
    desk: officer(accounts.desk.id, ward.id, "Lương Văn Đức"),
    elsewhere: officer(accounts.elsewhere.id, otherWard.id, "Người nơi khác"),
    applicant: citizen(accounts.applicant.id),
    stranger: citizen(accounts.stranger.id),
  };
}

let serial = 0;

/** An accepted dossier, as the accepting action leaves it before the slip. */
export async function addDossier(world: World, { agencyId = world.ward.id, owner = true } = {}): Promise<string> {
  const { db, version } = world;
  serial++;
  const { id } = await db.dossier.create({
    data: {
      reference: randomCode(),
      code: `H37.05977-260203-${String(serial).padStart(4, "0")}`,
      procedureId: version.procedureId,
      procedureVersionId: version.id,
      receivingAgencyId: agencyId,
      competentAgencyId: agencyId,
      channel: "counter",
      returnMethod: "counter",
      applicantAccountId: world.accounts.applicant.id,
      status: "processing",
      submittedAt: ACCEPTED,
      enteredAt: ACCEPTED,
      receivedAt: ACCEPTED,
      acceptedAt: ACCEPTED,
      dueAt: new Date("2026-02-10T10:00:00Z"),
      dueExplanation: { version: 1, term: { unit: "working_day", amount: 5 } },
    },
  });
  const [first, second] = world.definition.requirements;
  if (!first || !second) throw new Error("the procedure asks for two papers at least");
  await db.dossierParty.create({
    data: {
      // Decomposed, as some keyboards send it.
      dossierId: id,
      role: "applicant",
      fullName: "Nguyễn Thị Ánh Tuyết".normalize("NFD"),
      searchName: "x",
      personalId: "020190001234",
      phone: "0912345678",
      email: "anh.tuyet@example.vn",
      address: "Số 5, ngõ 8 đường Bà Triệu, phường Kỳ Lừa, tỉnh Lạng Sơn",
    },
  });
  if (owner)
    await db.dossierParty.create({
      data: {
        dossierId: id,
        role: "owner",
        fullName: "Hoàng Gia Bảo",
        searchName: "x",
        address: "Thôn Nà Lầu, xã Đồng Đăng",
      },
    });
  await db.receivedPaper.create({ data: { dossierId: id, requirementId: first.id, originals: 1 } });
  await db.receivedPaper.create({ data: { dossierId: id, requirementId: second.id, copies: 2, later: true } });
  await db.attachment.create({
    data: {
      dossierId: id,
      requirementId: first.id,
      kind: "paper",
      name: "a.pdf",
      size: 1,
      mediaType: "application/pdf",
      sha256: "x",
      storageKey: randomUUID(),
      createdAt: ACCEPTED,
    },
  });
  await db.feeLine.create({ data: { dossierId: id, feeId: "a", name: "Lệ phí đăng ký khai sinh", amount: 0n } });
  await db.feeLine.create({
    data: { dossierId: id, feeId: "b", name: "Phí cấp bản sao trích lục", amount: 8000n, quantity: 3 },
  });
  return id;
}

export const issue = (ctx: Context, dossierId: string, linkCode: string | null = null): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const { receivingAgencyId: agencyId } = await tx.dossier.findUniqueOrThrow({ where: { id: dossierId } });
    return (await issuePaper(ctx, tx, dossierId, { kind: "receipt_slip", agencyId, linkCode })).paperId;
  });

export const paperOf = (db: Db, id: string) => db.issuedPaper.findUniqueOrThrow({ where: { id } });
