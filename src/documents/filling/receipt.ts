import type { DueExplanation } from "#calendar/rules.ts";
import { termInWords } from "../rules.ts";
import { composed, ReceiptSnapshot } from "../snapshot.ts";
import {
  type Definition,
  type Facts,
  feesOf,
  headOf,
  type MatterDossier,
  matterOf,
  partNames,
  receivedAt,
  shorten,
} from "./matter.ts";

/** Papers in the order of the procedure; what was uploaded counts as electronic even where the desk ticked nothing. */
function papersOf(dossier: MatterDossier, definition: Definition): ReceiptSnapshot["papers"] {
  const uploads = new Map<string, number>();
  for (const { requirementId } of dossier.attachments)
    uploads.set(requirementId, (uploads.get(requirementId) ?? 0) + 1);
  const ticked = new Map(dossier.papers.map((paper) => [paper.requirementId, paper]));
  return [...partNames(definition)].flatMap(([id, name]) => {
    const paper = ticked.get(id);
    const { originals = 0, copies = 0, later = false } = paper ?? {};
    const electronic = Math.max(paper?.electronic ?? 0, uploads.get(id) ?? 0);
    return originals + copies + electronic > 0 || later
      ? [{ name: shorten(name), originals, copies, electronic, later }]
      : [];
  });
}

const returnPlaceOf = (
  method: MatterDossier["returnMethod"],
  agencyName: string,
  issuer: string,
  publicUrl: string,
): string => {
  if (method === "online") return `trực tuyến, bản điện tử trên cổng dịch vụ công ${publicUrl}`;
  if (method === "post") return "địa chỉ của người nộp, qua dịch vụ bưu chính";
  return issuer === agencyName ? agencyName : `${issuer} - ${agencyName}`;
};

const COLLECTION = {
  counter: "thu trực tiếp tại nơi tiếp nhận hồ sơ",
  online: "nộp theo thông báo của cơ quan tiếp nhận hoặc khi nhận kết quả",
  post: "nộp theo thông báo của cơ quan tiếp nhận hoặc qua dịch vụ bưu chính",
} as const;

const termOf = (explanation: unknown): DueExplanation["term"] | null =>
  (explanation as DueExplanation | null)?.term ?? null;

/** Fills in form 01 as it stands at this moment. Pure; an incomplete dossier is a bug of the caller and throws. */
export function fillReceipt(facts: Facts): ReceiptSnapshot {
  const { dossier, definition, publicUrl } = facts;
  if (!dossier.code) throw new Error(`dossier ${dossier.id} cannot have a receipt slip before it is accepted`);
  const head = headOf(facts, "desk");
  const term = termOf(dossier.dueExplanation);
  return ReceiptSnapshot.parse(
    composed({
      ...head,
      ...matterOf(facts),
      kind: "receipt_slip",
      linkCode: facts.linkCode,
      ...(dossier.lastEventHash ? { history: { seq: dossier.lastEventSeq, hash: dossier.lastEventHash } } : {}),
      channel: dossier.channel,
      papers: papersOf(dossier, definition),
      sets: 1,
      processingTime: term && termInWords(term),
      receivedAt: receivedAt(dossier),
      dueAt: dossier.dueAt?.toISOString() ?? null,
      returnMethod: dossier.returnMethod,
      returnPlace: returnPlaceOf(dossier.returnMethod, facts.agency.name, head.agency.issuer, publicUrl),
      fees: feesOf(dossier),
      feesOpen: definition.fees.some(({ amount }) => amount === null),
      feeCollection: COLLECTION[dossier.channel],
      officer: facts.officer,
    }),
  );
}
