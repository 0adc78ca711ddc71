/**
 * A day behind the demo counter: fees taken and a drawer closed, papers handed over, a result on its way to the post, a
 * paper made electronic and a scan that waits, so that no page of the counter is empty for a newcomer. By the same actions
 * as everybody's, from the dossiers that src/dev/demo-dossiers.ts took in at Đông Kinh.
 */
import { addDays, findCalendar, instantAt, isWorkingDay, type LocalTime } from "#calendar/index.ts";
import { closeDrawer, openBook, takeFees } from "#cash/index.ts";
import { makePostalSheet } from "#desk/index.ts";
import { addScans, composePapers, confirmPapers } from "#digitising/index.ts";
import { handOverBatch } from "#dossiers/index.ts";
import type { Context, Officer, System } from "#platform/context.ts";
import { fold, isoDay } from "#platform/format.ts";
import { demoAgencies, demoOfficers } from "./demo.ts";
import { samplePdf } from "./sample-files.ts";

const MADE = "demo.counter";

async function clerk(system: Context<System>): Promise<Context<Officer>> {
  const { username } = demoOfficers.dongKinhDesk;
  const account = await system.db.account.findUniqueOrThrow({ where: { username }, include: { postings: true } });
  return {
    ...system,
    actor: { kind: "officer", accountId: account.id, name: account.displayName, postings: account.postings },
  };
}

type OfDay = { mai: Context<Officer>; agencyId: string; at: (time: LocalTime) => Context<Officer> };

/** Every fee that is owed of these dossiers is paid, each on a receipt of its own. */
async function takeAll({ mai, at }: OfDay, dossierIds: readonly string[]): Promise<void> {
  for (const [i, dossierId] of dossierIds.entries()) {
    const lines = await mai.db.feeLine.findMany({ where: { dossierId, amount: { gt: 0 } } });
    const payer = await mai.db.dossierParty.findFirst({ where: { dossierId, role: "applicant" } });
    if (lines.length === 0 || !payer) continue;
    await takeFees(at(i % 2 ? "09:35" : "08:50"), {
      dossierId,
      payerName: payer.fullName,
      method: i === 1 ? "transfer" : "cash",
      feeIds: lines.map(({ feeId }) => feeId),
      formKey: crypto.randomUUID(),
    });
  }
}

/** What is in the tray and what is done with it: one paper scanned, named and confirmed, one scan that waits. */
async function digitise({ mai, agencyId }: OfDay, dossierId: string): Promise<void> {
  const dossier = await mai.db.dossier.findUniqueOrThrow({
    where: { id: dossierId },
    select: { id: true, code: true, reference: true, receivingAgencyId: true, papers: true },
  });
  const [paper] = dossier.papers;
  const scan = (name: string, title: string) => ({ name, mediaType: "application/pdf", bytes: samplePdf(title) });
  if (paper) {
    await addScans(mai, { dossierId, agencyId }, [scan("quet-0001.pdf", "Bản chính giấy tờ")]);
    const { id } = await mai.db.scan.findFirstOrThrow({ where: { dossierId } });
    await composePapers(mai, dossier, [{ scanId: id, page: 1, turn: 0, order: 1, paper: paper.requirementId }]);
    await confirmPapers(mai, dossier);
    // As a program would have read it, on a machine where there is one.
    const text = "Bản chính giấy tờ, bản dùng thử";
    await mai.db.digitisedPaper.updateMany({ where: { dossierId }, data: { text, folded: fold(text) } });
  }
  await addScans(mai, { dossierId, agencyId }, [scan("quet-0002.pdf", "Trang chờ ghép")]);
}

/** Makes the day behind the counter, once. @returns whether it was made now */
export async function createDemoCounter(system: Context<System>): Promise<boolean> {
  const { db, now } = system;
  if (await db.setting.findUnique({ where: { key: MADE } })) return false;
  const mai = await clerk(system);
  const { id: agencyId } = await db.agency.findUniqueOrThrow({ where: { identifier: demoAgencies.dongKinh } });
  const calendar = await findCalendar(system);
  let day = addDays(isoDay(now), -1);
  while (!isWorkingDay(day, calendar)) day = addDays(day, -1);
  const at = (time: LocalTime): Context<Officer> => ({ ...mai, now: instantAt(day, time) });
  const ofDay = { mai, agencyId, at };

  const taken = await db.dossier.findMany({
    where: { receivingAgencyId: agencyId, channel: "counter", code: { not: null }, restricted: false },
    orderBy: { code: "asc" },
    select: { id: true, status: true, returnMethod: true, papers: true, fees: true },
  });
  const paying = taken.filter(({ fees }) => fees.some(({ amount }) => amount > 0n)).map(({ id }) => id);
  await openBook(at("07:35"), { agencyId, form: "EBL01", symbol: `${day.slice(2, 4)}TAA`, first: 1 });
  await takeAll(ofDay, paying.slice(0, 2));
  const { _sum: sum } = await db.feeReceipt.aggregate({ where: { method: "cash" }, _sum: { amount: true } });
  if (paying.length > 0) await closeDrawer(at("16:40"), { agencyId, counted: sum.amount ?? 0n, remark: null });
  await takeAll({ ...ofDay, at: () => mai }, paying.slice(2, 3));

  const runs = await db.stepRun.findMany({
    where: { dossierId: { in: taken.map(({ id }) => id) }, lead: true, closedAt: null, NOT: { role: "desk" } },
    orderBy: { openedAt: "asc" },
  });
  const withPapers = runs.filter(({ dossierId }) =>
    taken.some(({ id, papers }) => id === dossierId && papers.some((one) => one.originals + one.copies > 0)),
  );
  const [first] = withPapers;
  if (first)
    await handOverBatch(mai, {
      formKey: crypto.randomUUID(),
      fromAgencyId: agencyId,
      toAgencyId: first.agencyId,
      toRole: first.role,
      dossiers: [{ id: first.dossierId, papers: "Bản chính giấy tờ (01)" }],
    });
  const [letter] = taken.filter(({ status, returnMethod }) => status === "completed" && returnMethod === "post");
  if (letter) await makePostalSheet(mai, { agencyId, dossierIds: [letter.id], description: "Kết quả hồ sơ" });
  const [open] = withPapers.slice(-1);
  if (open) await digitise(ofDay, open.dossierId);
  await db.setting.create({ data: { key: MADE, value: true } });
  return true;
}
