/**
 * Who may administer what, in one place: an administrator of the province everything; one of an agency what belongs to it
 * and to those below it. What this table does not name is the province's.
 */
import type { Admin } from "#platform/context.ts";

/**
 * `any`: every administrator looks at it. `own`: every administrator, for agencies within reach; the room asks
 * `requireReach` for each. `province`: only who administers the whole province.
 */
export type Reach = "any" | "own" | "province";

/** Under /quan-tri, the first that fits. */
export const REACHES: readonly { at: RegExp; reach: Reach }[] = [
  { at: /^\/$/, reach: "any" },
  // To found, to move and to end an agency are the province's acts.
  { at: /^\/co-quan\/(moi|ke-hoach|don-vi-hanh-chinh)(\/|$)/, reach: "province" },
  { at: /^\/co-quan\/[^/]+\/(ket-thuc|to-chuc)(\/|$)/, reach: "province" },
  { at: /^\/co-quan(\/|$)/, reach: "own" },
  { at: /^\/nguoi-dung\/quan-tri-vien(\/|$)/, reach: "province" },
  { at: /^\/nguoi-dung(\/|$)/, reach: "own" },
  { at: /^\/noi-tiep-nhan(\/|$)/, reach: "own" },
  { at: /^\/lich(\/|$)/, reach: "own" },
  { at: /^\/tinh-hinh(\.csv)?$/, reach: "own" },
];

/** Whose a part of administration is, by its address below /quan-tri. */
export const reachOf = (path: string): Reach => REACHES.find(({ at }) => at.test(path))?.reach ?? "province";

type Tree = { isWithin(id: string, aboveId: string): boolean };

/** Whether the administrator keeps this agency; null is the province itself. */
export const keeps = ({ agencyId: own }: Admin, agencyId: string | null, tree: Tree): boolean =>
  own === undefined || (agencyId !== null && tree.isWithin(agencyId, own));
