import type { MessageKey, MessageParams } from "./i18n.ts";

/** A request the portal understood and declined for a reason a person can read. Never a bug. */
export class Refusal extends Error {
  readonly reason: MessageKey;
  readonly params: MessageParams;
  readonly status: 400 | 403 | 404 | 409 | 410 | 413 | 415 | 429;

  constructor(reason: MessageKey, status: Refusal["status"] = 409, params: MessageParams = {}) {
    super(reason);
    this.reason = reason;
    this.status = status;
    this.params = params;
  }
}

/** Things that do not exist and things of other people look the same. */
export const notFound = (): Refusal => new Refusal("platform.refused.notFound", 404);
