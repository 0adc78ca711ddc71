import { z } from "zod";
import { isId } from "../inputs.ts";
import { dayOf } from "./work.ts";

const person = z.string("desk.leave.errors.people").refine(isId, "desk.leave.errors.people");

/** @param today yyyy-MM-dd; nobody was away yesterday */
export const leaveInput = (today: string) =>
  z
    .object({
      absentId: person,
      deputyId: person,
      from: dayOf("desk.leave.errors.from"),
      to: dayOf("desk.leave.errors.to"),
    })
    .superRefine(({ absentId, deputyId, from, to }, context) => {
      const miss = (path: string, message: string) => context.addIssue({ code: "custom", message, path: [path] });
      if (absentId === deputyId) miss("deputyId", "desk.leave.errors.same");
      if (from < today) miss("from", "desk.leave.errors.from");
      if (to < from) miss("to", "desk.leave.errors.to");
    });
