import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { sampleAnswers } from "#dev/sample-answers.ts";
import { acceptDossier, submitDossier } from "#dossiers/index.ts";
import { createDraft } from "#filing/index.ts";
import { now } from "#platform/clock.ts";
import { createPool } from "#platform/db.ts";
import { startWorker } from "#platform/jobs.ts";
import { openMailer } from "#platform/mail.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { createJobHandlers } from "../../src/jobs.ts";
import { startTestApp } from "../support/app.ts";
import type { Client } from "../support/client.ts";
import { atEnd } from "../support/ending.ts";
import { agencyIdOf, asCitizen, asOfficer, provinceDatabase } from "../support/province.ts";

export const PUBLIC_URL = "https://dichvucong.example.vn";
export const SENDER = { name: "Cổng dịch vụ công tỉnh Lạng Sơn", address: "khongtraloi@example.vn" };
const PROCEDURE = "2.000635";

export type Received = Email & { envelopeTo: string[]; raw: string };

/** What the server answers to a recipient, and what happens when a whole mail has come. */
export type Manners = { answer?: { code: number; text: string } | null; onMail?: (mail: Received) => void };

export type MailServer = {
  url: string;
  port: number;
  mails: Received[];
  manners: Manners;
  stop: () => Promise<void>;
};

/** A real SMTP server on a port of its own. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const mails: Received[] = [];
  const server: MailServer = { url: "", port: 0, mails, manners: {}, stop: async () => {} };
  const onData: SMTPServerOptions["onData"] = (stream, session, done) => {
    buffer(stream)
      .then(async (bytes) => {
        const email = await PostalMime.parse(bytes);
        const envelopeTo = session.envelope.rcptTo.map(({ address }) => address);
        const mail = { ...email, envelopeTo, raw: bytes.toString("latin1") };
        mails.push(mail);
        server.manners.onMail?.(mail);
        done();
      })
      .catch(done);
  };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo: (_address, _session, done) => {
      const { answer } = server.manners;
      done(answer ? Object.assign(new Error(answer.text), { responseCode: answer.code }) : null);
    },
    onData,
  });
  smtp.on("error", () => {});
  await new Promise<void>((resolve) => smtp.listen(port, "127.0.0.1", () => resolve()));
  server.port = (smtp.server.address() as AddressInfo).port;
  server.url = `smtp://127.0.0.1:${server.port}`;
  let isStopped = false;
  server.stop = () =>
    new Promise((resolve) => {
      if (isStopped) return resolve();
      isStopped = true;
      smtp.close(() => resolve());
    });
  atEnd(() => server.stop());
  return server;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** The portal with its province and cast, and the verbs that these tests act with. */
export async function startWorld(publicUrl: string | null = PUBLIC_URL) {
  const portal = await startTestApp({ database: await provinceDatabase(), ...(publicUrl ? { publicUrl } : {}) });
  const { db } = portal;
  const owner = createPool(portal.ownerUrl, 4);
  atEnd(() => owner.end());

  const settle = async (key: keyof typeof demoCitizens, change: { email?: string | null; language?: string }) =>
    db.account.update({
      where: { username: demoCitizens[key].phone },
      data: { ...change, ...(change.email ? { emailProvenAt: now() } : {}) },
    });

  const file = async (key: keyof typeof demoCitizens) => {
    const ctx = await asCitizen(portal, key);
    const version = await findCurrentVersion({ db, now: now() }, PROCEDURE);
    if (!version) throw new Error(`no version of ${PROCEDURE}`);
    const agencyId = await agencyIdOf(portal, "dongKinh");
    const caseId = version.definition.cases[0]?.id ?? null;
    const { draftId } = await createDraft(ctx, { version, agencyId, caseId });
    return submitDossier(ctx, {
      draftId,
      draftVersion: 0,
      procedureVersionId: version.id,
      agencyId,
      caseId,
      returnMethod: "online",
      answers: sampleAnswers(version.definition, {
        today: "2026-11-23",
        provinceCode: "20",
        communeCode: "05977",
        communeName: "Phường Đông Kinh",
      }),
      applicant: { kind: "person", fullName: "Nguyễn Thị Lan", personalId: "020190000001" },
      owner: null,
    });
  };

  const accept = async (dossierId: string) => {
    const { version } = await db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
    return acceptDossier(await asOfficer(portal, demoOfficers.dongKinhDesk), { dossierId, version });
  };

  const faults: unknown[] = [];
  /** Runs the queue until nothing is due, or `until` says so; a job that failed waits for its next turn. */
  const work = async (smtpUrl: string | null, until?: () => Promise<boolean>) => {
    const mailer = openMailer(smtpUrl ? { url: smtpUrl, from: SENDER } : null, PUBLIC_URL);
    const worker = await startWorker(owner, createJobHandlers(portal, mailer), (error) => faults.push(error));
    const isQuiet = async () => {
      const { rows } = await owner.query(
        "SELECT FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts",
      );
      return rows.length === 0;
    };
    const ends = Date.now() + 15_000;
    while (!(await (until ?? isQuiet)())) {
      if (Date.now() > ends) throw new Error("the queue does not come to rest");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await worker.stop();
  };
  /** Time passes for what waits in the queue: the next attempt is due. */
  const letTimePass = () => owner.query("UPDATE graphile_worker._private_jobs SET run_at = now()");

  const noticesOf = (dossierId: string, kind?: string) =>
    db.notification.findMany({ where: { dossierId, ...(kind ? { kind } : {}) }, orderBy: { at: "asc" } });
  const citizen = (key: keyof typeof demoCitizens): Promise<Client> =>
    portal.signIn(demoCitizens[key].phone, DEMO_PASSWORD);
  const officer = ({ username }: { username: string }): Promise<Client> => portal.signIn(username, DEMO_PASSWORD);

  return { portal, db, owner, settle, file, accept, work, faults, letTimePass, noticesOf, citizen, officer };
}
