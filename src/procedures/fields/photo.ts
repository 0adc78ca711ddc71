import { z } from "zod";
import type { FieldType } from "./contract.ts";
import { file, filesIn } from "./shown.ts";
import { labelOf } from "./submitted.ts";

const RATIOS = ["any", "3x4", "4x6", "2x3"] as const;
const Settings = z.strictObject({
  ratio: z.enum(RATIOS).default("any"),
  maxMegabytes: z.int().min(1).max(20).default(10),
});

/** A picture of a person or a thing: one image, told how it must be cut. The answer is that of a file. */
export const photo: FieldType<z.output<typeof Settings>> = {
  type: "photo",
  family: "file",
  inputs: [
    { key: "ratio", kind: "choice", options: RATIOS },
    { key: "maxMegabytes", kind: "number" },
  ],
  asks: true,
  answeredElsewhere: true,
  uploads: true,
  settings: Settings,
  missing: { key: "fields.errors.photo" },
  parse: () => ({ ok: true, value: undefined }),
  check: (answer, name, _settings, field, _answers, context) =>
    filesIn(answer).every((one) => /\.(jpe?g|jfif|png|webp|hei[cf])$/i.test(one.name))
      ? null
      : { [name]: { key: "fields.errors.photoOnly", params: { label: labelOf(field, context) } } },
  submit: (answer, name) => ({ [`stored:${name}`]: filesIn(answer) }),
  display: (answer) => filesIn(answer).map(({ name }) => name),
  control: (look, { ratio, maxMegabytes }, field, context) => {
    const control = file.control(look, { maxMegabytes, multiple: false }, field, context);
    if (control.kind !== "file") return control;
    const words = [
      context.t("fields.photo.limit", { megabytes: maxMegabytes }),
      ...(ratio === "any" ? [] : [context.t("fields.photo.ratio", { ratio: ratio.replace("x", " × ") })]),
    ];
    return {
      ...control,
      file: { ...control.file, limit: words.join(" "), accept: ".jpg,.jpeg,.png,.webp,.heic,.heif" },
    };
  },
};
