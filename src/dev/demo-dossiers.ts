/**
 * Demo dossiers: made by the same actions as everybody's, at real past dates, and left in every status that can be
 * reached, so that each page has something to show. The cast is src/dev/demo.ts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addWorkingDays, findCalendar, instantAt, type LocalTime } from "#calendar/index.ts";
import {
  acceptDossier,
  advanceStep,
  declineDossier,
  deliverResult,
  recordResult,
  registerDossier,
  restrictDossier,
  submitDossier,
} from "#dossiers/index.ts";
import { AUTHORIZATION, type PartyInput } from "#dossiers/rules.ts";
import { createDraft, keepDraftFiles } from "#filing/index.ts";
import type { Citizen, Context, Officer, System } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { root } from "#platform/root.ts";
import { findCurrentVersion, type LoadedVersion } from "#procedures/index.ts";
import { findStep, makesResult, needsResult, type Step } from "#workflow/index.ts";
import { demoAgencies, demoCitizens, demoOfficers } from "./demo.ts";
import { sampleAnswers, sampleName, samplePersonalId } from "./sample-answers.ts";
import { stagedPdf } from "./sample-files.ts";

type Agency = keyof typeof demoAgencies;
/** How far the dossier goes: not accepted, or through so many steps, or to its end. */
type Until = "submitted" | "declined" | "refused" | "completed" | "delivered" | { steps: number };
/** One line of prisma/seed/demo-dossiers.json. */
type Scene = {
  code: string;
  agency: Agency;
  by: keyof typeof demoCitizens | "counter";
  daysAgo: number;
  until: Until;
  /** Filed by the citizen for somebody else, with a written mandate. */
  inNameOf?: keyof typeof PRINCIPALS;
  /** How the result comes, where not as the procedure says first. */
  returnMethod?: "counter" | "post";
  /** The leader lets these officers see it, and no others. */
  readers?: (keyof typeof demoOfficers)[];
};
/** In whose name some dossiers are filed. */
const PRINCIPALS = {
  neighbour: {
    kind: "person",
    fullName: "Hoàng Văn Chài",
    personalId: samplePersonalId("male", 1951, 77),
    birthDate: "1951",
    phone: "0987111222",
    relationship: "other",
  },
  company: {
    kind: "organization",
    fullName: "Công ty TNHH Xây dựng Xứ Lạng",
    taxCode: "4900777124",
    phone: "02053811811",
    representative: "Lý Văn Giám",
    position: "Giám đốc",
  },
} as const satisfies Record<string, PartyInput>;
/** Who sat beside the neighbour's proxy and typed. */
const HELPER = {
  fullName: "Vi Thị Hỗ Trợ",
  role: "digital_team",
  organization: "Tổ công nghệ số cộng đồng khối 3",
  phone: "0977333444",
} as const;
const SCENES = join(root, "prisma/seed/demo-dossiers.json");

type Stage = { system: Context<System>; provinceCode: string };

/** Days of a scene go by in working days, each act some hours later, never in the future. */
async function clockOf({ system }: Stage, daysAgo: number): Promise<(time: LocalTime) => Context<System>> {
  const calendar = await findCalendar(system);
  const today = isoDay(system.now);
  // Walk back in calendar days until the wanted number of working days lies between.
  let back = daysAgo;
  const dayBack = (days: number) => isoDay(new Date(system.now.getTime() - days * 86_400_000));
  while (daysAgo > 0 && addWorkingDays(dayBack(back), daysAgo, calendar) > today) back++;
  let at = instantAt(dayBack(back), "07:45").getTime();
  return (time) => {
    const day = isoDay(new Date(at));
    const next = instantAt(day, time).getTime();
    at = Math.min(Math.max(next, at + 60_000), system.now.getTime());
    return { ...system, now: new Date(at) };
  };
}

const actAs = <A extends Citizen | Officer>(ctx: Context<System>, actor: A): Context<A> => ({ ...ctx, actor });

async function citizenOf({ system }: Stage, key: keyof typeof demoCitizens): Promise<Citizen> {
  const account = await system.db.account.findUniqueOrThrow({ where: { username: demoCitizens[key].phone } });
  return { kind: "citizen", accountId: account.id, name: account.displayName };
}

/** Somebody of the cast who holds the role at the agency, leaving aside those who may not. */
async function officerAt(
  { system }: Stage,
  agencyId: string,
  role: string,
  not: readonly (string | null)[] = [],
): Promise<Officer> {
  const account = await system.db.account.findFirstOrThrow({
    where: { postings: { some: { agencyId, role } }, id: { notIn: not.filter((id) => id !== null) } },
    include: { postings: true },
    orderBy: { username: "asc" },
  });
  return { kind: "officer", accountId: account.id, name: account.displayName, postings: account.postings };
}

async function file(
  stage: Stage,
  scene: Scene,
  ctx: Context<System>,
  version: LoadedVersion,
  agencyId: string,
  number: number,
): Promise<string> {
  const { definition } = version;
  const agency = await ctx.db.agency.findUniqueOrThrow({ where: { id: agencyId }, include: { unit: true } });
  const commune =
    agency.unit?.level === "commune"
      ? agency.unit
      : await ctx.db.administrativeUnit.findFirstOrThrow({ where: { parentCode: stage.provinceCode } });
  const answers = sampleAnswers(definition, {
    today: isoDay(ctx.now),
    provinceCode: stage.provinceCode,
    communeCode: commune.code,
    communeName: commune.fullName,
    number,
  });
  const caseId = definition.cases[0]?.id ?? null;
  const owner = ownerOf(definition.owner, answers);
  const returnMethod = scene.returnMethod ?? definition.returnMethods[0] ?? "counter";
  if (scene.by === "counter") {
    const desk = await officerAt(stage, agencyId, "desk");
    const applicant = {
      kind: "person" as const,
      fullName: sampleName(number),
      personalId: samplePersonalId("female", 1988, number),
      phone: `0988${100000 + number}`,
      communeCode: commune.code,
      address: `Khối 3, ${commune.fullName}`,
    };
    const papers = definition.requirements
      .filter((r) => r.required && r.originals + r.copies > 0)
      .map((r) => ({ requirementId: r.id, originals: r.originals, copies: r.copies, later: false }));
    const made = await registerDossier(actAs(ctx, desk), {
      procedureVersionId: version.id,
      agencyId,
      caseId,
      channel: "counter",
      returnMethod: scene.returnMethod ?? "counter",
      answers,
      applicant,
      owner,
      papers,
      attachments: [],
      formKey: crypto.randomUUID(),
    });
    return made.dossierId;
  }
  const citizen = await citizenOf(stage, scene.by);
  const { fullName, phone, addressLine, ...rest } = demoCitizens[scene.by] as (typeof demoCitizens)["lan"];
  const principal = scene.inNameOf ? PRINCIPALS[scene.inNameOf] : null;
  const { draftId } = await createDraft(actAs(ctx, citizen), { version, agencyId, caseId });
  if (principal) {
    const mandate = await stagedPdf(ctx.files, `Văn bản ủy quyền của ${principal.fullName}`, isoDay(ctx.now));
    const paper = { ...mandate, convertedFrom: null, requirementId: AUTHORIZATION, kind: "paper" } as const;
    await keepDraftFiles(actAs(ctx, citizen), draftId, [paper]);
  }
  const made = await submitDossier(actAs(ctx, citizen), {
    draftId,
    draftVersion: 0,
    procedureVersionId: version.id,
    agencyId,
    caseId,
    returnMethod,
    answers,
    applicant: {
      kind: "person",
      fullName,
      phone,
      address: `${addressLine}, ${commune.fullName}`,
      personalId: rest.personalId ?? null,
      birthDate: rest.birthDate ?? null,
      gender: rest.gender ?? null,
      email: rest.email ?? null,
      communeCode: rest.communeCode,
    },
    owner: principal ?? owner,
    helper: scene.inNameOf === "neighbour" ? HELPER : null,
    consents: scene.by === "lan" ? [{ purpose: "prefill", textVersion: 1, language: "vi" }] : [],
  });
  return made.dossierId;
}

function ownerOf(owner: LoadedVersion["definition"]["owner"], answers: Record<string, unknown>) {
  if (owner === "applicant") return null;
  const text = (id: string | undefined) => (id && typeof answers[id] === "string" ? answers[id] : null);
  return {
    kind: "person" as const,
    fullName: text(owner.fullName) ?? "",
    personalId: text(owner.personalId),
    birthDate: text(owner.birthDate),
    gender: text(owner.gender),
  };
}

const onward = (step: Step, refuse: boolean) =>
  (refuse && step.outcomes.find((o) => o.kind === "refuse")) ||
  step.outcomes.find((o) => o.kind === "complete") ||
  step.outcomes.find((o) => o.kind === "forward" && !o.consult) ||
  step.outcomes.find((o) => o.kind === "forward");

/** One officer does the next thing. @returns whether the dossier still stands at a step */
async function work(
  stage: Stage,
  ctx: Context<System>,
  version: LoadedVersion,
  dossierId: string,
  refuse: boolean,
): Promise<boolean> {
  const run = await ctx.db.stepRun.findFirst({ where: { dossierId, closedAt: null }, orderBy: { lead: "asc" } });
  const step = run && findStep(version.definition.workflow, run.stepId);
  if (!run || !step) return false;
  const before = await ctx.db.stepRun.findMany({
    where: { dossierId, closedAt: { not: null }, stepId: { in: step.notSameOfficerAs ?? [] } },
    select: { closedById: true },
  });
  const officer = await officerAt(
    stage,
    run.agencyId,
    run.role,
    before.map(({ closedById }) => closedById),
  );
  const outcome = step.branch ? step.outcomes[0] : onward(step, refuse);
  if (!outcome) throw new Error(`step "${step.id}" leads nowhere`);
  if (makesResult(version.definition.workflow, step) && needsResult(step, outcome)) {
    const kind = version.definition.results[0];
    await recordResult(actAs(ctx, officer), {
      dossierId,
      title: kind?.name.vi ?? "Kết quả",
      number: `${(run.id.charCodeAt(0) % 90) + 10}/KQ-MC`,
      issuedOn: isoDay(ctx.now),
      signerName: officer.name,
      file: await stagedPdf(ctx.files, kind?.name.vi ?? "Kết quả giải quyết", isoDay(ctx.now)),
    });
  }
  await advanceStep(actAs(ctx, officer), {
    stepRunId: run.id,
    version: run.version,
    outcomeId: outcome.id,
    note:
      outcome.kind === "refuse"
        ? "Thửa đất nằm trong quy hoạch đã công bố, chưa đủ điều kiện theo quy định."
        : outcome.needsNote
          ? "Đã xem xét, đồng ý."
          : null,
    ...(outcome.kind === "refuse" ? { ground: "Điều 116 Luật Đất đai năm 2024." } : {}),
  });
  return true;
}

async function play(stage: Stage, scene: Scene, number: number): Promise<void> {
  const at = await clockOf(stage, scene.daysAgo);
  const version = await findCurrentVersion(stage.system, scene.code);
  if (!version) throw new Error(`the demo needs procedure ${scene.code}`);
  const agency = await stage.system.db.agency.findUniqueOrThrow({ where: { identifier: demoAgencies[scene.agency] } });
  const dossierId = await file(stage, scene, at("08:05"), version, agency.id, number);
  if (scene.until === "submitted") return;
  const find = () => stage.system.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
  const desk = await officerAt(stage, agency.id, "desk");
  if (scene.until === "declined") {
    await declineDossier(actAs(at("09:10"), desk), {
      dossierId,
      version: (await find()).version,
      reason: "Giấy tờ tải lên bị mờ, không đọc được số và ngày cấp. Đề nghị chụp lại rõ nét và nộp lại.",
    });
    return;
  }
  if (scene.by !== "counter")
    await acceptDossier(actAs(at("09:20"), desk), { dossierId, version: (await find()).version });
  const times: LocalTime[] = ["09:40", "10:15", "10:50", "13:40", "14:10", "14:45", "15:20", "15:50", "16:10", "16:30"];
  const most = typeof scene.until === "object" ? scene.until.steps : 30;
  for (let done = 0; done < most; done++) {
    if (!(await work(stage, at(times[done % times.length] ?? "16:40"), version, dossierId, scene.until === "refused")))
      break;
  }
  const after = await find();
  if (scene.readers) {
    const usernames = scene.readers.map((key) => demoOfficers[key].username);
    const readers = await stage.system.db.account.findMany({
      where: { username: { in: usernames } },
      select: { id: true },
    });
    await restrictDossier(actAs(at("16:40"), await officerAt(stage, agency.id, "leader")), {
      dossierId,
      version: after.version,
      readers: readers.map(({ id }) => id),
      reason: "Người nộp là nạn nhân bạo lực gia đình, đề nghị không để lộ nơi ở.",
    });
  }
  if (scene.until === "delivered" && after.status === "completed")
    await deliverResult(actAs(at("16:50"), desk), {
      dossierId,
      version: after.version,
      method: "counter",
      receivedBy: "Người nộp hồ sơ",
    });
}

const PLAYED = "demo.scenes";

/** Plays the scenes that were not played yet: a first start that was interrupted goes on where it stopped. */
export async function createDemoDossiers(system: Context<System>, provinceCode: string): Promise<number> {
  const scenes = JSON.parse(readFileSync(SCENES, "utf8")) as Scene[];
  const stage: Stage = { system, provinceCode };
  const before = Number((await system.db.setting.findUnique({ where: { key: PLAYED } }))?.value ?? 0);
  for (const [i, scene] of scenes.entries()) {
    if (i < before) continue;
    await play(stage, scene, i + 1);
    await system.db.setting.upsert({
      where: { key: PLAYED },
      create: { key: PLAYED, value: i + 1 },
      update: { value: i + 1 },
    });
  }
  return scenes.length - before;
}
