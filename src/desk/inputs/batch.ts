import { z } from "zod";
import { clean, isId } from "../inputs.ts";

/** As many dossiers as one act takes at once. */
export const MOST_CHOSEN = 200;

export type Chosen = { dossierId: string; version: number; runId: string | null; runVersion: number };

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const ROW = new RegExp(`^(${UUID}):(\\d{1,9}):(${UUID})?:(\\d{1,9})$`);

/** A row as its checkbox sends it: the dossier and its step, each at the version that was seen. */
export const rowValue = (row: {
  dossierId: string;
  version?: number;
  runId: string | null;
  runVersion?: number | null;
}): string => `${row.dossierId}:${row.version ?? 0}:${row.runId ?? ""}:${row.runVersion ?? 0}`;

const readRow = (typed: string): Chosen[] => {
  const [, dossierId, version, runId, runVersion] = ROW.exec(typed) ?? [];
  return dossierId
    ? [{ dossierId, version: Number(version), runId: runId ?? null, runVersion: Number(runVersion) }]
    : [];
};

const line = (max: number) =>
  z
    .string()
    .optional()
    .transform((typed) => clean(typed ?? "").slice(0, max));

export const BATCH_ACTS = ["nhan", "giao", "de-chung", "chuyen", "ban-giao", "tra"] as const;
export type BatchAct = (typeof BATCH_ACTS)[number];

const Sent = z.object({
  formKey: z.string("desk.batch.errors.again").refine(isId, "desk.batch.errors.again"),
  viec: z.enum(BATCH_ACTS, "desk.batch.errors.act"),
  hs: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((sent) => [
      ...new Map(
        [sent ?? []]
          .flat()
          .flatMap(readRow)
          .map((row) => [row.runId ?? row.dossierId, row]),
      ).values(),
    ])
    .refine((rows) => rows.length > 0, "desk.batch.errors.none")
    .refine((rows) => rows.length <= MOST_CHOSEN, "desk.batch.errors.many"),
  nguoi: z.union([z.literal(""), z.string().refine(isId)], "desk.batch.errors.person").default(""),
  ketQua: line(300),
  giayTo: line(2000),
  cach: z.enum(["online", "counter", "post"], "desk.batch.errors.method").default("counter"),
  nguoiNhan: line(200),
});

/** What is done to many dossiers at once, with what each act needs. */
export const BatchInput = Sent.superRefine(({ viec, nguoi, ketQua, giayTo, cach, nguoiNhan }, context) => {
  const miss = (path: string, message: string) => context.addIssue({ code: "custom", message, path: [path] });
  if (viec === "giao" && !nguoi) miss("nguoi", "desk.batch.errors.person");
  if (viec === "chuyen" && !ketQua) miss("ketQua", "desk.batch.errors.outcome");
  if (viec === "ban-giao" && !giayTo) miss("giayTo", "desk.batch.errors.papers");
  if (viec === "tra" && cach === "counter" && !nguoiNhan) miss("nguoiNhan", "desk.act.errors.receivedBy");
});
export type Batch = z.output<typeof BatchInput>;
