import type { PausePolicy } from "#calendar/rules.ts";
import type { ProcedureDefinition } from "#procedures/index.ts";

/** What a dossier waits for while its clock may stand still: national statuses 5 and 6. */
export type WaitingFor = "supplement" | "obligation";

/**
 * What waiting does where a procedure's own law says nothing. A supplement: the whole term begins again with the complete
 * dossier (NĐ 61/2018 Đ19.4; whether NĐ 118/2025 keeps it is not confirmed, so a version may say otherwise). An
 * obligation: the clock stands still (national status 6; the index of QĐ 766/QĐ-TTg leaves that time out).
 */
export const DEFAULT_POLICY: Readonly<Record<WaitingFor, PausePolicy>> = { supplement: "restart", obligation: "stop" };

/** What waiting does to the clock of a dossier of this version. */
export const pausePolicy = (definition: Pick<ProcedureDefinition, "counting">, reason: WaitingFor): PausePolicy =>
  definition.counting.pauses?.[reason] ?? DEFAULT_POLICY[reason];
