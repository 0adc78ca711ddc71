import type { Request, RequestHandler } from "express";
import {
  ARCHIVES,
  COUNT_CAP,
  countFound,
  isNarrowed,
  listWork,
  STEP_LISTS,
  type WorkRow,
  type WorkSearch,
} from "#dossiers/index.ts";
import { findDirectory } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { readQuery } from "#platform/form.ts";
import { render } from "#platform/render.ts";
import { findCurrentVersion, findVersion, type LoadedVersion } from "#procedures/index.ts";
import { findStep, needsNote } from "#workflow/index.ts";
import { ledAgencies } from "../actions/assignment.ts";
import { ownUnits } from "../actions/views.ts";
import { MOST_CHOSEN } from "../inputs/batch.ts";
import { filterOf, orderOf, type WorkAddress, WorkQuery } from "../inputs/work.ts";
import type { BatchChoice } from "../pages/batch.ts";
import { type Filters, filtersOf, type Shown } from "../pages/filters.ts";
import { type NamedRow, worklistPage } from "../pages.ts";
import { listChoices } from "../queries/choices.ts";
import { countWaiting, deskAgencies } from "../queries.ts";
import {
  type Column,
  columnsOf,
  columnWords,
  DESK_LISTS,
  firstList,
  type ListWord,
  lists,
  usualColumns,
} from "../rules.ts";
import { officerOf, wordsOf } from "./speech.ts";

/** Names that stand in the procedure versions. No query when warm. */
async function nameRows(ctx: Context<Officer>, rows: readonly WorkRow[]): Promise<NamedRow[]> {
  const versions = new Map<string, LoadedVersion>();
  for (const { procedureVersionId: id } of rows) if (!versions.has(id)) versions.set(id, await findVersion(ctx, id));
  return rows.map((row) => {
    const { definition } = versions.get(row.procedureVersionId) as LoadedVersion;
    const step = row.stepId === null ? undefined : findStep(definition.workflow, row.stepId);
    return Object.assign(row, { procedureName: definition.name.vi, stepName: step?.name.vi ?? row.stepId });
  });
}

/** The list that an address means for this officer. */
const listOf = ({ muc, q }: WorkAddress, isDesk: boolean): ListWord =>
  muc === undefined || (!isDesk && DESK_LISTS.includes(muc)) ? firstList(isDesk, q !== undefined) : muc;

async function filtersFor(
  req: Request,
  words: Awaited<ReturnType<typeof wordsOf>>,
  shown: Shown,
  { list, columns, isOpen }: { list: ListWord; columns: readonly Column[]; isOpen: boolean },
): Promise<Filters> {
  const ctx = officerOf(req);
  const chosen = shown["thu-tuc"];
  const [choices, { agencies }, version] = await Promise.all([
    listChoices(ctx),
    findDirectory(ctx),
    chosen ? findCurrentVersion(ctx, chosen) : null,
  ]);
  const steps = version?.definition.workflow.steps.map(({ id, name }) => ({ id, name: name.vi })) ?? [];
  const named = Object.entries(columnWords).filter(([, column]) => columns.includes(column));
  return filtersOf(
    {
      shown,
      choices,
      agencies,
      steps,
      isArchive: ARCHIVES.includes(lists[list]),
      isOpen,
      canShare: ownUnits(ctx.actor).length > 0,
      columns: named.map(([word]) => word),
    },
    words,
  );
}

/** Outcomes that many steps can take at once: forward ones that need no word of reason. */
async function choiceOf(
  ctx: Context<Officer>,
  rows: readonly NamedRow[],
  list: WorkSearch,
  isAll: boolean,
): Promise<BatchChoice> {
  const steps = new Map(rows.map((row) => [`${row.procedureVersionId} ${row.stepId}`, row]));
  const outcomes = new Set<string>();
  for (const { procedureVersionId, stepId } of steps.values()) {
    const { definition } = await findVersion(ctx, procedureVersionId);
    for (const outcome of stepId === null ? [] : (findStep(definition.workflow, stepId)?.outcomes ?? []))
      if (!needsNote(outcome)) outcomes.add(outcome.name.vi);
  }
  const isOfSteps = STEP_LISTS.includes(list);
  const people = isOfSteps ? (await listChoices(ctx)).people : [];
  const named = new Map(people.map(({ accountId, name }) => [accountId, { accountId, name }]));
  return {
    outcomes: [...outcomes].sort(),
    people: [...named.values()],
    isOfSteps,
    isDelivery: list === "delivery",
    isAll,
  };
}

export const showWorklist: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const address = readQuery(WorkQuery, req.query);
  const { sau, loc, chon, ...rest } = address;
  const isDesk = deskAgencies(ctx.actor).length > 0;
  const list = listOf(address, isDesk);
  const shown: Shown = { ...rest, muc: list };
  const filter = filterOf(address);
  const narrowed = isNarrowed(filter);
  const columns =
    columnsOf((rest.cot ?? "").split(",")) ?? columnsOf(req.user?.workColumns ?? []) ?? usualColumns(lists[list]);
  const holds = STEP_LISTS.includes(lists[list])
    ? columns.includes("agency")
    : columns.some((one) => ["agency", "assignee"].includes(one));
  const isChoosing = chon !== undefined && !ARCHIVES.includes(lists[list]);
  const question = {
    list: lists[list],
    filter,
    order: orderOf(rest.xep),
    withHolder: holds,
    withVersions: isChoosing,
  };
  const [{ rows, next }, counts, found, words] = await Promise.all([
    listWork(ctx, question, sau ?? null, isChoosing ? MOST_CHOSEN : undefined),
    narrowed ? null : countWaiting(ctx),
    narrowed ? countFound(ctx, question) : null,
    wordsOf(req, res),
  ]);
  const isLookedAt = narrowed || loc !== undefined || rest.xep !== undefined || rest.cot !== undefined;
  const named = await nameRows(ctx, rows);
  const page = {
    list,
    shown,
    rows: named,
    next,
    isFirst: sau === undefined,
    counts,
    countCap: COUNT_CAP,
    found,
    isNarrowed: narrowed,
    isDesk,
    isLeader: ledAgencies(ctx.actor).length > 0,
    deputyFor: ctx.actor.deputyFor ?? [],
    isInUnit: ctx.actor.postings.some(({ unitId }) => unitId !== null),
    columns,
    batch: isChoosing ? await choiceOf(ctx, named, lists[list], chon === "tat") : null,
    filters: isLookedAt ? await filtersFor(req, words, shown, { list, columns, isOpen: loc !== undefined }) : null,
  };
  render(res, "desk/worklist", worklistPage(page, words));
};
