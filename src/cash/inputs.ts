import { z } from "zod";
import { SYMBOL } from "./rules.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isId = (text: unknown): text is string => typeof text === "string" && UUID.test(text);
const id = z.string().regex(UUID).catch("00000000-0000-0000-0000-000000000000");
const UNFIT = /\p{Cc}|[\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const line = z
  .string()
  .catch("")
  .transform((typed) => typed.replace(UNFIT, " ").normalize("NFC").trim().slice(0, 300));
const needed = (key: string) => line.refine((kept) => kept !== "", key);

/** Which book is opened. */
export const BookInput = z.object({
  agency: id,
  form: z.enum(["EBL01", "EBL02"], "cash.book.errors.form"),
  symbol: z.string("cash.book.errors.symbol").trim().toUpperCase().regex(SYMBOL, "cash.book.errors.symbol"),
  first: z.coerce
    .number("cash.book.errors.first")
    .int("cash.book.errors.first")
    .min(1, "cash.book.errors.first")
    .max(99_999_999, "cash.book.errors.first"),
});

/** What is paid, by whom, and how. */
export const TakeInput = z.object({
  formKey: id,
  payerName: needed("cash.take.errors.payer"),
  method: z.enum(["cash", "transfer"], "cash.take.errors.method"),
  fee: z
    .union([z.string(), z.array(z.string())], "cash.take.errors.fee")
    .transform((sent) => [sent].flat().slice(0, 100)),
});

export const VoidInput = z.object({ reason: needed("cash.receipt.error") });

/** What the clerk counted, in đồng; points between the digits do not matter. */
export const CloseInput = z.object({
  agency: id,
  counted: z
    .string("cash.close.error")
    .transform((typed) => typed.replace(/[\s.]/g, ""))
    .pipe(z.string().regex(/^\d{1,13}$/, "cash.close.error"))
    .transform(BigInt),
  remark: line.transform((kept) => kept || null),
});
