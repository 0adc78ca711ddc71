import { z } from "zod";
import { isNoticeKind, type NoticeKind } from "./rules.ts";

const texts = z.preprocess((sent) => [sent].flat().filter((one) => typeof one === "string"), z.array(z.string()));

/** The ticked kinds; what is no kind is as if it had not been ticked. */
export const MailInput = z.object({
  kinds: texts.transform((sent): NoticeKind[] => sent.filter((one) => isNoticeKind(one))),
});
