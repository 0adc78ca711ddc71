import { join } from "node:path";
import { accountJobs } from "#accounts/index.ts";
import type { Sms } from "#accounts/rules.ts";
import { adminJobs } from "#admin/index.ts";
import { appointmentJobs } from "#appointments/index.ts";
import { auditJobs } from "#audit/index.ts";
import { authoringJobs } from "#authoring/index.ts";
import { type DigitisingOutside, digitisingJobs } from "#digitising/index.ts";
import { documentJobs } from "#documents/index.ts";
import { dossierJobs } from "#dossiers/index.ts";
import { filingJobs } from "#filing/index.ts";
import { openMailbox } from "#integrations/imap/index.ts";
import { findTextReader } from "#integrations/tesseract/index.ts";
import { notificationJobs } from "#notifications/index.ts";
import { now } from "#platform/clock.ts";
import type { Surroundings } from "#platform/context.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import type { Mailer } from "#platform/mail.ts";
import { createRenderer, type Renderer } from "#platform/render.ts";
import { root } from "#platform/root.ts";
import type { Sandboxes } from "#platform/sandboxes.ts";
import { privacyJobs } from "#privacy/index.ts";
import { procedureJobs } from "#procedures/index.ts";
import { queueJobs } from "#queue/index.ts";
import { scanningJobs } from "#scanning/index.ts";
import type { Config } from "./config.ts";
import { createTexts } from "./texts.ts";

let renderer: Renderer | undefined;

/** Templates for mails: compiled when the first one is written, which many installations never come to. */
function mailRenderer(): Renderer {
  renderer ??= createRenderer(join(root, "views"), {});
  return renderer;
}

/** Where scans come from by mail, and what reads them, as this installation has it. */
export const openScans = ({ scanMail }: Pick<Config, "scanMail">): DigitisingOutside => ({
  mail: scanMail && { mailbox: openMailbox(scanMail.url), senders: scanMail.senders },
  findTextReader,
});

/**
 * What each job does, of every room.
 * @param mailer null: no mail server is configured
 * @param sandboxes what is thrown away at night; a sandbox has none of its own
 * @param sms null: no short messages are sent
 * @param scans where scans come from by mail, and what reads them; without it, neither happens
 */
export const createJobHandlers = (
  surroundings: Surroundings,
  mailer: Mailer | null,
  sandboxes: Pick<Sandboxes, "forget"> = { forget: async () => {} },
  sms: Sms | null = null,
  scans: DigitisingOutside = { mail: null, findTextReader: async () => null },
): JobHandlers => ({
  ...accountJobs(surroundings, { mailer, sms, renderer: mailRenderer, texts: createTexts() }, now),
  ...auditJobs(surroundings, now),
  ...authoringJobs(surroundings, sandboxes, now),
  ...digitisingJobs(surroundings, scans, now),
  ...documentJobs(surroundings, now),
  ...dossierJobs(surroundings, now),
  ...filingJobs(surroundings, now),
  ...procedureJobs(surroundings, now),
  ...queueJobs(surroundings, now),
  ...adminJobs(surroundings, now),
  ...appointmentJobs(surroundings, now),
  ...privacyJobs(surroundings, now),
  ...scanningJobs(surroundings, now),
  ...notificationJobs(surroundings, { mailer, renderer: mailRenderer, texts: createTexts() }, now),
});
