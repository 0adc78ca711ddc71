import type { RequestHandler } from "express";
import { COUNT_CAP, listWork } from "#dossiers/index.ts";
import { readQuery } from "#platform/form.ts";
import { render } from "#platform/render.ts";
import { findVersion, type LoadedVersion } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import { WorkQuery } from "../inputs.ts";
import { worklistPage } from "../pages.ts";
import { countWaiting, deskAgencies } from "../queries.ts";
import { DESK_LISTS, firstList, lists } from "../rules.ts";
import { officerOf, wordsOf } from "./speech.ts";

export const showWorklist: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const { muc, q = "", sau } = readQuery(WorkQuery, req.query);
  const isDesk = deskAgencies(ctx.actor).length > 0;
  const first = firstList(isDesk, q !== "");
  const list = muc === undefined || (!isDesk && DESK_LISTS.includes(muc)) ? first : muc;
  const [{ rows, next }, counts, words] = await Promise.all([
    listWork(ctx, { list: lists[list], ...(q === "" ? {} : { q }) }, sau ?? null),
    countWaiting(ctx),
    wordsOf(req, res),
  ]);
  const versions = new Map<string, LoadedVersion>();
  for (const { procedureVersionId: id } of rows) if (!versions.has(id)) versions.set(id, await findVersion(ctx, id));
  const named = rows.map((row) => {
    const definition = (versions.get(row.procedureVersionId) as LoadedVersion).definition;
    const step = row.stepId === null ? undefined : findStep(definition.workflow, row.stepId);
    return Object.assign(row, { procedureName: definition.name.vi, stepName: step?.name.vi ?? row.stepId });
  });
  render(
    res,
    "desk/worklist",
    worklistPage(
      { list, q, rows: named, next, isFirst: sau === undefined, counts, countCap: COUNT_CAP, isDesk },
      words,
    ),
  );
};
