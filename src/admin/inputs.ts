import { z } from "zod";
import { UNIT_KINDS } from "#organizations/rules.ts";
import { AGENCY_FUNCTIONS, AGENCY_KINDS, OFFICER_ROLES } from "#workflow/definition.ts";
import { day, id, line, optionalDay, optionalId, optionalLine, say, seen, ticked } from "./inputs/parts.ts";
import { dayBefore, WORK_NAME } from "./rules.ts";

export * from "./inputs/sheet.ts";

const q = z
  .string()
  .max(200)
  .default("")
  .transform((text) => text.normalize("NFC").trim());
const page = z.coerce.number().int().min(1).max(10_000).default(1);

/** `?q=` and `?trang=`; what does not fit is as if it had not been given. */
export const ListQuery = z.object({ q, trang: page });

export const AgencyQuery = z.object({
  q,
  cap: z.enum(["ministry", "province", "commune", "other"]).nullable().default(null),
  "tinh-trang": z.enum(["open", "closed"]).default("open"),
  trang: page,
});

const anId = z
  .string()
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .nullable()
  .default(null);
export const PeopleQuery = z.object({
  q,
  "co-quan": q,
  "vai-tro": z.enum(OFFICER_ROLES).nullable().default(null),
  "tinh-trang": z.enum(["active", "disabled", "waiting", "admin"]).nullable().default(null),
  sau: anId,
});

export const LEVELS = ["province", "commune", "other"] as const;

const parts = {
  name: line(say("admin.errors.name")),
  shortName: line(say("admin.errors.shortName")),
  kind: z.enum(AGENCY_KINDS, say("admin.errors.kind")),
  level: z.enum(LEVELS, say("admin.errors.level")),
  functions: ticked.transform((all) => AGENCY_FUNCTIONS.filter((one) => all.includes(one))),
  parentId: optionalId(say("admin.errors.agency")),
  unitCode: z
    .string(say("admin.errors.unitCode"))
    .default("")
    .transform((text) => text.trim() || null)
    .refine((text) => text === null || /^\d{2}(\d{3})?$/.test(text), say("admin.errors.unitCode")),
};
const reason = line(say("admin.errors.reason"), 500);

/** Of a later day it is planned. */
const anyDay = day(say("admin.errors.effectiveOn"));
export const FoundingInput = z.object({
  ...parts,
  identifier: z
    .string(say("admin.errors.identifier"))
    .transform((text) => text.trim().toUpperCase())
    .refine((text) => /^[0-9A-Z]+(?:\.[0-9A-Z]+)*$/.test(text) && text.length <= 35, say("admin.errors.identifier")),
  address: optionalLine(300),
  phone: optionalLine(30),
  effectiveOn: anyDay,
  reason,
});
export const OrganizeInput = z.object({ ...parts, effectiveOn: anyDay, reason, seen });
export const ContactInput = z.object({ address: optionalLine(300), phone: optionalLine(30), seen });

export const UnitInput = z.object({
  name: line(say("admin.errors.name")),
  kind: z.enum(UNIT_KINDS, say("admin.errors.unitKind")),
});

/** How an agency ends; `part.<id>` says which part of the successor takes over from which. */
export const ClosingInput = z
  .looseObject({
    kind: z.enum(["merged", "abolished"], say("admin.errors.closingKind")),
    successorId: optionalId(say("admin.errors.successor")),
    effectiveOn: anyDay,
    reason,
    seen,
    act: z.string().catch(""),
  })
  .superRefine(({ kind, successorId }, context) => {
    if (kind === "merged" && !successorId)
      context.addIssue({ code: "custom", message: say("admin.errors.successor"), path: ["successorId"] });
  });

/** Which part takes over from which, as the preview's selects say. */
export const partsIn = (sent: Readonly<Record<string, unknown>>): { fromId: string; toId: string | null }[] =>
  Object.entries(sent).flatMap(([name, value]) =>
    name.startsWith("part.") && typeof value === "string"
      ? [{ fromId: name.slice("part.".length), toId: value === "" ? null : value }]
      : [],
  );

const workName = z
  .string(say("admin.errors.username"))
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => WORK_NAME.test(text), say("admin.errors.username"));
const email = z
  .string(say("admin.errors.email"))
  .default("")
  .transform((text) => text.trim().toLowerCase() || null)
  .refine((text) => text === null || z.email().safeParse(text).success, say("admin.errors.email"));

/** A role at an agency from one day to another; an end lies not before the beginning. */
const posting = {
  agencyId: id(say("admin.errors.agency")),
  role: z.enum(OFFICER_ROLES, say("admin.errors.role")),
  unitId: optionalId(say("admin.errors.unit")),
  title: optionalLine(),
  validFrom: optionalDay(say("admin.errors.day")),
  validTo: optionalDay(say("admin.errors.day")),
};
const forward = (
  { validFrom, validTo }: { validFrom: string | null; validTo: string | null },
  context: z.RefinementCtx,
) => {
  if (validFrom && validTo && validTo < validFrom)
    context.addIssue({ code: "custom", message: say("admin.errors.backwards"), path: ["validTo"] });
};
export const PersonInput = z
  .object({ username: workName, displayName: line(say("admin.errors.displayName"), 100), email, ...posting })
  .superRefine(forward);
export const PostingInput = z.object({ ...posting, seen }).superRefine(forward);
export const AdministratorInput = z.object({
  username: workName,
  displayName: line(say("admin.errors.displayName"), 100),
  agencyId: optionalId(say("admin.errors.agency")),
});
export const DetailsInput = z.object({ displayName: line(say("admin.errors.displayName"), 100), email, seen });
export const SwitchInput = z.object({ reason, seen });
export const TransferInput = z.object({
  toId: id(say("admin.errors.agency")),
  title: optionalLine(),
  reason,
  seen,
});
export const leaveInput = (today: string) =>
  z
    .object({
      deputyId: id(say("admin.errors.deputy")),
      from: day(say("admin.errors.day")),
      to: day(say("admin.errors.day")),
    })
    .superRefine(({ from, to }, context) => {
      const miss = (path: string, message: MessageKeyOf) => context.addIssue({ code: "custom", message, path: [path] });
      if (from < today) miss("from", say("admin.errors.past"));
      if (to < from) miss("to", say("admin.errors.backwards"));
    });
type MessageKeyOf = ReturnType<typeof say>;

export const GROUPS = ["chosen", "commune_committee", "commune_police", "department", "one_stop_center"] as const;
export const CHANNELS = ["online", "counter", "post"] as const;
export const offeringInput = (today: string) =>
  z
    .object({
      group: z.enum(GROUPS).catch("chosen"),
      agencies: ticked,
      competent: z.string().catch("receiving"),
      channels: ticked.transform((all) => CHANNELS.filter((one) => all.includes(one))),
      validFrom: day(say("admin.errors.day")),
      validTo: optionalDay(say("admin.errors.day")),
      reason: optionalLine(500),
    })
    .superRefine(({ channels, validFrom, validTo }, context) => {
      const miss = (path: string, message: MessageKeyOf) => context.addIssue({ code: "custom", message, path: [path] });
      if (channels.length === 0) miss("channels", say("admin.errors.channels"));
      if (validFrom < today) miss("validFrom", say("admin.errors.past"));
      if (validTo !== null && validTo < validFrom) miss("validTo", say("admin.errors.backwards"));
    });
export const endingInput = (today: string) =>
  z.object({
    ending: ticked,
    lastDay: day(say("admin.errors.day")).refine((text) => text >= dayBefore(today), say("admin.errors.past")),
    reason,
  });
