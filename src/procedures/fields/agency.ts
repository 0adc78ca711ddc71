import { z } from "zod";
import { AGENCY_KINDS } from "#workflow/definition.ts";
import type { FieldContext, FieldType } from "./contract.ts";
import { failed, frame, labelOf, read, readText, shownText } from "./submitted.ts";

const Settings = z.strictObject({
  /** Which kinds are offered; all when none are named. */
  kinds: z.array(z.enum(AGENCY_KINDS)).optional(),
});
type Settings = z.output<typeof Settings>;

/** The agency, and its name as filed, which outlives mergers. */
type AgencyAnswer = { id: string; text: string };
const isAgency = (answer: unknown): answer is AgencyAnswer =>
  typeof answer === "object" &&
  answer !== null &&
  "id" in answer &&
  "text" in answer &&
  typeof answer.id === "string" &&
  typeof answer.text === "string";

const offered = ({ kinds }: Settings, { lists }: FieldContext) =>
  lists.agencies().filter(({ kind }) => !kinds?.length || (kinds as readonly string[]).includes(kind));

/** An agency of the province. The answer is { id, text }. */
export const agency: FieldType<Settings> = {
  type: "agency",
  family: "place",
  inputs: [{ key: "kinds", kind: "choices", options: AGENCY_KINDS }],
  asks: true,
  settings: Settings,
  missing: { key: "fields.errors.choose" },
  parse(submitted, name, settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 100, label);
    if (typed.ok && typed.text === "") return read(undefined);
    const found = typed.ok ? offered(settings, context).find(({ value }) => value === typed.text) : undefined;
    return found
      ? read({ id: found.value, text: found.text })
      : failed(name, { key: "fields.errors.notOffered", params: { label } });
  },
  submit: (answer, name) => ({ [name]: isAgency(answer) ? answer.id : "" }),
  display: (answer) => (isAgency(answer) ? [answer.text] : []),
  control: (look, settings, field, context) => ({
    kind: "select",
    name: look.name,
    select: {
      ...frame(look, field, context),
      value: shownText(look.values, look.name),
      items: offered(settings, context).map(({ value, text }) => ({ value, text })),
      placeholder: context.t("fields.chooseOne"),
    },
  }),
};
