import type { Request, RequestHandler } from "express";
import { addDays, dateOf, instantAt } from "#calendar/index.ts";
import { ledBy, listOfficerFigures, listStepFigures } from "#dossiers/index.ts";
import { readQuery } from "#platform/form.ts";
import { render } from "#platform/render.ts";
import { findVersion } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import { PeriodQuery } from "../inputs/life.ts";
import { performancePage } from "../pages/performance.ts";
import { officerOf, wordsOf } from "./speech.ts";

/** How steps were done in time: the officer's own, and for a head everybody's where they lead. */
export const showPerformance: RequestHandler = async (req, res) => {
  const ctx = officerOf(req as Request);
  const today = dateOf(ctx.now);
  const { tu, den } = readQuery(PeriodQuery, req.query);
  const [first = "", last = ""] = [tu ?? `${today.slice(0, 8)}01`, den ?? today].sort();
  const period = { from: instantAt(first, "00:00"), to: instantAt(addDays(last, 1), "00:00") };
  const whose = ledBy(ctx.actor).length > 0 ? "led" : "own";
  const [officers, steps, words] = await Promise.all([
    listOfficerFigures(ctx, period, whose),
    listStepFigures(ctx, period, whose),
    wordsOf(req as Request, res),
  ]);
  const named = await Promise.all(
    steps.map(async (figures) => {
      const { code, definition } = await findVersion(ctx, figures.procedureVersionId);
      return {
        ...figures,
        step: findStep(definition.workflow, figures.stepId)?.name.vi ?? figures.stepId,
        procedure: `${code} · ${definition.name.vi}`,
      };
    }),
  );
  render(res, "desk/performance", performancePage({ first, last, whose, officers, steps: named }, words));
};
