import type { RequestHandler } from "express";
import { COUNT_CAP, countWork, listWork } from "#dossiers/index.ts";
import { readQuery } from "#platform/form.ts";
import { render } from "#platform/render.ts";
import { findVersion } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import { WorkQuery } from "../inputs.ts";
import { worklistPage } from "../pages.ts";
import { deskAgencies } from "../queries.ts";
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
    countWork(ctx),
    wordsOf(req, res),
  ]);
  const named = await Promise.all(
    rows.map(async (row) => {
      const { definition } = await findVersion(ctx, row.procedureVersionId);
      const step = row.stepId === null ? undefined : findStep(definition.workflow, row.stepId);
      return { ...row, procedureName: definition.name.vi, stepName: step?.name.vi ?? row.stepId };
    }),
  );
  render(
    res,
    "desk/worklist",
    worklistPage(
      { list, q, rows: named, next, isFirst: sau === undefined, counts, countCap: COUNT_CAP, isDesk },
      words,
    ),
  );
};
