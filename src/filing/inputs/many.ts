import { z } from "zod";
import type { MessageKey } from "#platform/i18n.ts";
import { startInput } from "../inputs.ts";
import type { ReturnMethod } from "../rules.ts";

const say = (key: MessageKey): MessageKey => key;

/** Where all lines of a table go, for whom, and how their results come; what there is only one of is not asked. */
export const manyInput = (
  agencies: readonly string[],
  cases: readonly string[],
  desks: readonly string[],
  companies: readonly string[],
  methods: readonly ReturnMethod[],
) =>
  z.record(z.string(), z.unknown()).transform((sent, refuse) => {
    const where = startInput(agencies, cases, desks, companies).safeParse(sent);
    if (!where.success)
      for (const { path, message } of where.error.issues) refuse.addIssue({ code: "custom", path, message });
    const method = methods.length === 1 ? methods[0] : methods.find((one) => one === sent["returnMethod"]);
    if (!method) refuse.addIssue({ code: "custom", path: ["returnMethod"], message: say("filing.many.chooseMethod") });
    return where.success && method ? { ...where.data, returnMethod: method } : z.NEVER;
  });

/** What is to become of the good lines; what is filed must be declared. */
export const confirmInput = z
  .object({ viec: z.string().optional(), declare: z.unknown().optional() })
  .transform(({ viec, declare }, refuse): { act: "file" | "draft" } => {
    if (viec === "ban-nhap") return { act: "draft" };
    if (declare !== "yes")
      refuse.addIssue({ code: "custom", path: ["declare"], message: say("filing.check.declareMissing") });
    return { act: "file" };
  });
