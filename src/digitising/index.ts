/** Digitising: what other rooms may use of it (src/digitising/routes.ts says what it is). */
import { now as readClock } from "#platform/clock.ts";
import { type Surroundings, systemContext } from "#platform/context.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { readMailbox, readPapers, watchFolder } from "./actions.ts";
import type { Mailbox, ScanBox, TextReader } from "./rules.ts";

export { addScans, composePapers, confirmPapers } from "./actions.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** What scanners laid into the folders of counters is taken into their trays. */
    "digitising.watch": { folder: string };
    /** What scanners sent by e-mail is taken into their trays. */
    "digitising.mail": Record<string, never>;
    /** Papers that were not read yet are read, so that they can be found by their words. */
    "digitising.read": Record<string, never>;
  }
}

/** What stands outside and may be lacking: a mailbox, and a program that reads pictures. */
export type DigitisingOutside = {
  mail: { mailbox: Mailbox; senders: ScanBox["senders"] } | null;
  findTextReader: () => Promise<TextReader | null>;
};

/** What this room does outside of requests. */
export const digitisingJobs = (
  surroundings: Surroundings,
  { mail, findTextReader }: DigitisingOutside,
  now: () => Date = readClock,
): Pick<JobHandlers, "digitising.watch" | "digitising.mail" | "digitising.read"> => ({
  "digitising.watch": async ({ folder }) =>
    void (await watchFolder(systemContext(surroundings, now(), "digitising.watch"), folder)),
  "digitising.mail": async () => {
    if (mail) await readMailbox(systemContext(surroundings, now(), "digitising.mail"), mail.mailbox, mail);
  },
  "digitising.read": async () =>
    void (await readPapers(systemContext(surroundings, now(), "digitising.read"), findTextReader)),
});
