import { z } from "zod";
import type { WorkFilter } from "#dossiers/index.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { clean, isId } from "../inputs.ts";
import {
  type ChannelWord,
  channelWords,
  LIST_WORDS,
  type OrderWord,
  orderWords,
  type StatusWord,
  statusWords,
} from "../rules.ts";

const keys = <T extends object>(table: T) => Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];
const words = (max: number) =>
  z
    .string()
    .max(max)
    .transform((typed) => clean(typed).replace(/\s+/g, " ") || undefined)
    .optional();
const chosen = <T extends string>(among: readonly [T, ...T[]]) =>
  z
    .union([z.literal(""), z.enum(among)])
    .transform((word) => word || undefined)
    .optional();
const id = z
  .union([z.literal(""), z.string().refine(isId)])
  .transform((named) => named || undefined)
  .optional();

const isDay = (iso: string): boolean => {
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) && /^(19|20)/.test(iso);
};
/** A day as a date control sends it, or as people type it where there is none: 2026-11-22, 22/11/2026. */
const isoOf = (typed: string): string => {
  const [, d = "", m = "", y = ""] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed.trim()) ?? [];
  return y ? `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}` : typed.trim();
};
/** A day that must be there. @param message what is said when it is none */
export const dayOf = (message: MessageKey) =>
  z.string(message).max(20, message).transform(isoOf).refine(isDay, message);
const day = z
  .string()
  .max(20)
  .transform((typed) => isoOf(typed) || undefined)
  .refine((iso) => iso === undefined || isDay(iso))
  .optional();

/** What narrows a list, by its name in the address. */
const narrowing = {
  q: words(200),
  "thu-tuc": words(60),
  "linh-vuc": words(120),
  "trang-thai": chosen(keys(statusWords)),
  buoc: words(60),
  "co-quan": id,
  "don-vi": id,
  nguoi: z
    .union([z.literal(""), z.literal("chua-co"), z.string().refine(isId)])
    .transform((named) => named || undefined)
    .optional(),
  kenh: chosen(keys(channelWords)),
  "nop-tu": day,
  "nop-den": day,
  "han-tu": day,
  "han-den": day,
};
export type Narrowing = { [K in keyof typeof narrowing]?: string | undefined };
export const NARROWING = keys(narrowing);

/** The worklist's address. What does not fit is as if it had not been given. */
export const WorkQuery = z.object({
  muc: z.enum(LIST_WORDS).optional(),
  ...narrowing,
  xep: chosen(keys(orderWords)),
  /** Columns: several of the same name from a form, one with commas in an address. */
  cot: z
    .union([z.string().max(200), z.array(z.string().max(40)).max(20)])
    .transform((sent) => [sent].flat().join(",") || undefined)
    .optional(),
  /** The filters are looked at; rows are chosen. */
  loc: z.literal("1").optional(),
  chon: z.enum(["1", "tat"]).optional(),
  /** The last row of the page before: its instant in milliseconds and its id. */
  sau: z
    .string()
    .regex(/^\d{1,15}_[0-9a-f-]{36}$/)
    .transform((cursor) => {
      const [at = "", row = ""] = cursor.split("_");
      return { at: new Date(Number(at)), id: row };
    })
    .refine((cursor) => isId(cursor.id) && !Number.isNaN(cursor.at.getTime()))
    .optional(),
});
export type WorkAddress = z.output<typeof WorkQuery>;

/** What an address narrows its list to. */
export const filterOf = (address: Narrowing): WorkFilter => ({
  q: address.q,
  procedure: address["thu-tuc"],
  sector: address["linh-vuc"],
  status: address["trang-thai"] ? statusWords[address["trang-thai"] as StatusWord] : undefined,
  step: address.buoc,
  agencyId: address["co-quan"],
  unitId: address["don-vi"],
  assignee: address.nguoi === "chua-co" ? "none" : address.nguoi,
  channel: address.kenh ? channelWords[address.kenh as ChannelWord] : undefined,
  receivedFrom: address["nop-tu"],
  receivedTo: address["nop-den"],
  dueFrom: address["han-tu"],
  dueTo: address["han-den"],
});

export const orderOf = (word: string | undefined) => (word ? orderWords[word as OrderWord] : undefined);

/** An address as it is kept and linked: only what was given and fits, without the page that was being read. */
export const addressOf = ({ sau: _sau, loc: _loc, chon: _chon, ...rest }: WorkAddress): Record<string, string> =>
  Object.fromEntries(Object.entries(rest).filter((pair): pair is [string, string] => Boolean(pair[1])));

const ticked = z
  .string()
  .optional()
  .transform((value) => value === "1");

export const ViewInput = z.object({
  name: z
    .string("desk.views.nameMissing")
    .transform((typed) => clean(typed).replace(/\s+/g, " "))
    .refine((name) => name !== "", "desk.views.nameMissing")
    .refine((name) => name.length <= 80, "desk.views.nameLong"),
  chiaSe: ticked,
});

export const ColumnsInput = z.object({
  cot: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((sent) => [sent ?? []].flat().flatMap((one) => one.split(","))),
});
