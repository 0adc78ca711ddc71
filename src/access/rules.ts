import type { MoveName } from "#dossiers/rules.ts";
import { moves } from "#dossiers/rules.ts";
import { OFFICER_ROLES, type OfficerRole } from "#workflow/definition.ts";

/** Who may come to an address at all. `machine`: what programs ask (health, manifests), which shows nobody's data. */
export type Who = "everyone" | "signedIn" | "citizen" | "officer" | "admin" | "auditor" | "machine";

/**
 * Whose things stand there: `nobodys`: public words, lists of the territory; `own`: what belongs to the account that asks;
 * `agency`: what lies with an agency where the officer has a posting; `token`: whoever holds the unguessable word.
 */
export type Scope = "nobodys" | "own" | "agency" | "token";

export type RouteRule = { at: RegExp; who: Who; scope: Scope };

const rule = (at: RegExp, who: Who, scope: Scope): RouteRule => ({ at, who, scope });

/**
 * Who may ask for which addresses, by the route as it is registered; the first that fits counts. A route that fits none has
 * no right to be there: a test walks them all, with every kind of account.
 */
export const ROUTE_RULES: readonly RouteRule[] = [
  rule(/^\/(healthz|readyz|manifest\.webmanifest|ngoai-tuyen|sw\.js|\.well-known\/)/, "machine", "nobodys"),
  rule(/^\/quan-tri(\/|$)/, "admin", "nobodys"),
  rule(/^\/mot-cua\/(ho-so|giay-to|tiep-nhan\/xong)\/:/, "officer", "agency"),
  rule(/^\/mot-cua\/(thong-bao|danh-sach|cot|hang-loat|vang-mat)(\/|$)/, "officer", "own"),
  rule(/^\/mot-cua(\/|$)/, "officer", "agency"),
  rule(/^\/ca-nhan(\/|$)/, "citizen", "own"),
  rule(/^\/thu-tuc\/:code\/(nop-ho-so|nop-nhieu|dieu-kien)/, "everyone", "own"),
  rule(/^\/nhat-ky-an-toan(\/|$)/, "auditor", "nobodys"),
  rule(/^\/(bao-mat|mat-khau|xac-nhan-lai|gui-lai)(\/|$)/, "signedIn", "own"),
  rule(/^\/(kich-hoat|xac-minh)\/:token$/, "everyone", "token"),
  rule(/^\/(tra-cuu|xep-hang|may-tu-phuc-vu|lich-hen)(\/|$)/, "everyone", "token"),
  rule(/^\/(dang-nhap|dang-ky|dang-xuat|quen-mat-khau)(\/|$)/, "everyone", "nobodys"),
  rule(/^\/(ngon-ngu|giao-dien|don-vi-hanh-chinh)\/:/, "everyone", "nobodys"),
  rule(/^\/(thu-tuc|thong-bao)(\/|$)/, "everyone", "nobodys"),
  rule(
    /^\/(huong-dan|cau-hoi-thuong-gap|lien-he|quyen-rieng-tu|dieu-khoan-su-dung|kha-nang-tiep-can|danh-gia|thong-ke)$/,
    "everyone",
    "nobodys",
  ),
  rule(/^\/$/, "everyone", "nobodys"),
];

/** The rule of a route; null for one that has none. */
export const ruleOf = (path: string): RouteRule | null => ROUTE_RULES.find(({ at }) => at.test(path)) ?? null;

/** Kinds of people as the matrix shows them: what officers are posted as, and the others. */
export const ROLES = ["citizen", ...OFFICER_ROLES, "auditor", "admin"] as const;
export type Role = (typeof ROLES)[number];

type By = (typeof moves)[MoveName]["by"];

/** Whose each legal move is, by the only table of moves (`src/dossiers/rules.ts`). */
const MOVERS: Readonly<Record<By, readonly Role[]>> = {
  citizen: ["citizen"],
  desk: ["desk"],
  step: OFFICER_ROLES,
  handler: ["desk", "specialist", "unit_head", "leader", "clerk"],
  leader: ["leader"],
  merger: ["admin"],
  time: [],
};

/** Doings beside the moves of a dossier, and whose they are. */
export const DOINGS = {
  readDossier: [...OFFICER_ROLES],
  readOwn: ["citizen"],
  assign: ["unit_head", "leader"],
  readOverview: ["unit_head", "leader", "auditor", "admin"],
  restrict: ["leader"],
  confirmCompany: ["desk"],
  manageAgencies: ["admin"],
  managePeople: ["admin"],
  publish: ["admin"],
  readAudit: ["auditor"],
  exportAudit: ["auditor"],
} as const satisfies Record<string, readonly Role[]>;
export type Doing = keyof typeof DOINGS;

export type Verb = { move: MoveName } | { doing: Doing };

/** Every verb with the roles that may have it. */
export const MATRIX: readonly { verb: Verb; by: By | null; roles: readonly Role[] }[] = [
  ...(Object.keys(moves) as MoveName[]).map((move) => ({
    verb: { move },
    by: moves[move].by,
    roles: MOVERS[moves[move].by],
  })),
  ...(Object.keys(DOINGS) as Doing[]).map((doing) => ({ verb: { doing }, by: null, roles: DOINGS[doing] })),
];

/** The roles that somebody has, and from where. */
export type Held = { role: Role; agency: string | null };

/** What somebody may do by the roles they hold, each with the postings that give it. */
export const mayDo = (held: readonly Held[]): { verb: Verb; by: By | null; because: readonly Held[] }[] =>
  MATRIX.map(({ verb, by, roles }) => ({ verb, by, because: held.filter(({ role }) => roles.includes(role)) })).filter(
    ({ because }) => because.length > 0,
  );

export type { OfficerRole };
