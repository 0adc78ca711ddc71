import { z } from "zod";
import { clean, id, isId, needed, orNull, version } from "../inputs.ts";

export const ReturningQuery = z.object({
  q: z
    .string()
    .max(300)
    .transform((typed) => clean(typed).replace(/\s+/g, " "))
    .optional(),
});

/** @param named who may take it without a document: folded names of applicant and owner */
export const handInput = (isNamed: (name: string) => boolean) =>
  z
    .object({
      version,
      receivedBy: needed(200, "desk.returning.hand.errors.receiver"),
      receiverPaper: orNull(50),
      receiverPhone: orNull(30),
      proxyPaper: orNull(300),
      signed: z
        .string()
        .optional()
        .transform((ticked) => ticked === "yes"),
    })
    .superRefine(({ receivedBy, receiverPaper, proxyPaper }, context) => {
      if (isNamed(receivedBy)) return;
      const say = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
      if (!receiverPaper) say("receiverPaper", "desk.returning.hand.errors.paper");
      if (!proxyPaper) say("proxyPaper", "desk.returning.hand.errors.proxy");
    });

export const PostingInput = z.object({
  agency: id,
  dossier: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((sent) => [sent ?? []].flat().filter(isId)),
});
