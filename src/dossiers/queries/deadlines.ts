import { listEntries } from "#lists/index.ts";
import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { type DeadlineSettings, deadlineSettings } from "../rules/foresight.ts";
import { REASON_KINDS, type ReasonKind, type Status } from "../rules.ts";

/** The settings' row that holds warnings and waiting times. */
const KEY = "deadlines";
const KNOWN_MS = 60_000;

const known = remember(KNOWN_MS, async (ctx: Pick<Context, "db">, key: string) =>
  deadlineSettings((await ctx.db.setting.findUnique({ where: { key }, select: { value: true } }))?.value),
);

/** Warnings and waiting times as this installation set them, remembered for a minute. */
export const findDeadlineSettings = (ctx: Pick<Context, "db">): Promise<DeadlineSettings> => known.find(ctx, KEY);

/** Reasons offered ready-made where officers must give one, by kind, as administrators keep them. */
export async function findReasons(ctx: Pick<Context, "db">): Promise<(kind: ReasonKind) => string[]> {
  const lists = await Promise.all(REASON_KINDS.map((kind) => listEntries(ctx, `reason.${kind}`)));
  return (kind) => (lists[REASON_KINDS.indexOf(kind)] ?? []).filter(({ removed }) => !removed).map(({ text }) => text);
}

/** Between which instants something is due. */
export type DueWindow = { from: Date; until: Date };
const BATCH = 300;

const RUN = { agencyId: true, role: true, unitId: true, assigneeId: true } as const;
type RunPlace = { agencyId: string; role: string; unitId: string | null; assigneeId: string | null };
export type DueDossier = {
  id: string;
  code: string | null;
  status: Status;
  dueAt: Date;
  acceptedAt: Date | null;
  receivingAgencyId: string;
  procedureVersionId: string;
  lead: RunPlace | null;
  events: { type: string; payload: unknown }[];
};

/** Open dossiers that are due in a window and whose clock runs, with what was said of their dates, batch by batch. */
export async function* listDueDossiers(ctx: Pick<Context, "db">, window: DueWindow): AsyncGenerator<DueDossier[]> {
  for (let cursor: string | undefined; ; ) {
    const rows = await ctx.db.dossier.findMany({
      where: { finishedAt: null, pausedAt: null, dueAt: { gte: window.from, lt: window.until } },
      orderBy: [{ dueAt: "asc" }, { id: "asc" }],
      take: BATCH,
      ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
      relationLoadStrategy: "join",
      select: {
        id: true,
        code: true,
        status: true,
        dueAt: true,
        acceptedAt: true,
        receivingAgencyId: true,
        procedureVersionId: true,
        stepRuns: { where: { lead: true, closedAt: null }, select: RUN },
        events: {
          where: { type: { in: ["dossier.on_time_confirmed", "dossier.extension_proposed"] } },
          select: { type: true, payload: true },
        },
      },
    });
    const due = rows.flatMap(({ stepRuns, dueAt, ...row }) =>
      dueAt ? [{ ...row, dueAt, lead: stepRuns[0] ?? null }] : [],
    );
    if (due.length > 0) yield due;
    cursor = rows.at(-1)?.id;
    if (!cursor || rows.length < BATCH) return;
  }
}

export type DueStep = RunPlace & {
  id: string;
  dossierId: string;
  stepId: string;
  lead: boolean;
  dueAt: Date;
  code: string | null;
  receivingAgencyId: string;
  procedureVersionId: string;
  /** In whose hands the lead step is: of a consulted step, who asked. */
  askerId: string | null;
};

/** Open steps that are due in a window and whose clock runs, batch by batch. */
export async function* listDueSteps(ctx: Pick<Context, "db">, window: DueWindow): AsyncGenerator<DueStep[]> {
  for (let cursor: string | undefined; ; ) {
    const rows = await ctx.db.stepRun.findMany({
      where: { closedAt: null, pausedAt: null, dueAt: { gte: window.from, lt: window.until } },
      orderBy: [{ dueAt: "asc" }, { id: "asc" }],
      take: BATCH,
      ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
      relationLoadStrategy: "join",
      select: {
        ...RUN,
        id: true,
        dossierId: true,
        stepId: true,
        lead: true,
        dueAt: true,
        dossier: {
          select: {
            code: true,
            receivingAgencyId: true,
            procedureVersionId: true,
            stepRuns: { where: { lead: true, closedAt: null }, select: { assigneeId: true } },
          },
        },
      },
    });
    const due = rows.flatMap(({ dossier: { stepRuns, ...dossier }, dueAt, ...run }) =>
      dueAt ? [{ ...run, ...dossier, dueAt, askerId: run.lead ? null : (stepRuns[0]?.assigneeId ?? null) }] : [],
    );
    if (due.length > 0) yield due;
    cursor = rows.at(-1)?.id;
    if (!cursor || rows.length < BATCH) return;
  }
}

const SOON_MS = 2 * 86_400_000;

/** How many running dossiers are late, and how many are due within two days; a clock that stands still counts for neither. */
export async function countDue({ db, now }: Pick<Context, "db" | "now">): Promise<{ soon: number; overdue: number }> {
  const running = { finishedAt: null, pausedAt: null };
  const [overdue, soon] = await Promise.all([
    db.dossier.count({ where: { ...running, dueAt: { lt: now } } }),
    db.dossier.count({ where: { ...running, dueAt: { gte: now, lt: new Date(now.getTime() + SOON_MS) } } }),
  ]);
  return { soon, overdue };
}
