import { z } from "zod";
import type { MessageKey } from "#platform/i18n.ts";
import { cleanTyped } from "#platform/typed.ts";
import { isLevel, type Level, type Levels } from "./rules.ts";

const say = (key: MessageKey): MessageKey => key;
const MOST_COMMENT = 2000;

const chosen = (typed: unknown): Level | null => {
  const level = typeof typed === "string" && /^[123]$/.test(typed) ? Number(typed) : null;
  return isLevel(level) ? level : null;
};
/** Whatever was not chosen is absent from what a browser sends. */
const sent = z.unknown().optional();

export const RatingInput = z
  .object({
    overall: sent,
    convenience: sent,
    timeliness: sent,
    attitude: sent,
    comment: z.preprocess(
      (typed) => (typeof typed === "string" ? cleanTyped(typed) : ""),
      z.string().max(MOST_COMMENT, say("ratings.errors.long")),
    ),
  })
  .transform(({ comment, ...given }, refuse) => {
    const overall = chosen(given.overall);
    if (overall === null) {
      refuse.addIssue({ code: "custom", path: ["overall"], message: say("ratings.errors.overall") });
      return z.NEVER;
    }
    const levels: Levels = {
      overall,
      convenience: chosen(given.convenience),
      timeliness: chosen(given.timeliness),
      attitude: chosen(given.attitude),
    };
    return { levels, comment: comment || null };
  });
