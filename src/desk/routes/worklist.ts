import type { Request, RequestHandler } from "express";
import { ARCHIVES, COUNT_CAP, countFound, isNarrowed, listWork, STEP_LISTS, type WorkRow } from "#dossiers/index.ts";
import { findDirectory } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { readQuery } from "#platform/form.ts";
import { render } from "#platform/render.ts";
import { findCurrentVersion, findVersion, type LoadedVersion } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import { ownUnits } from "../actions/views.ts";
import { filterOf, orderOf, type WorkAddress, WorkQuery } from "../inputs/work.ts";
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

export const showWorklist: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const address = readQuery(WorkQuery, req.query);
  const { sau, loc, chon: _chon, ...rest } = address;
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
  const question = { list: lists[list], filter, order: orderOf(rest.xep), withHolder: holds };
  const [{ rows, next }, counts, found, words] = await Promise.all([
    listWork(ctx, question, sau ?? null),
    narrowed ? null : countWaiting(ctx),
    narrowed ? countFound(ctx, question) : null,
    wordsOf(req, res),
  ]);
  const isLookedAt = narrowed || loc !== undefined || rest.xep !== undefined || rest.cot !== undefined;
  const page = {
    list,
    shown,
    rows: await nameRows(ctx, rows),
    next,
    isFirst: sau === undefined,
    counts,
    countCap: COUNT_CAP,
    found,
    isNarrowed: narrowed,
    isDesk,
    isInUnit: ctx.actor.postings.some(({ unitId }) => unitId !== null),
    columns,
    filters: isLookedAt ? await filtersFor(req, words, shown, { list, columns, isOpen: loc !== undefined }) : null,
  };
  render(res, "desk/worklist", worklistPage(page, words));
};
