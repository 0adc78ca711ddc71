import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setImmediate as breathe } from "node:timers/promises";
import type { PaperKind } from "../rules.ts";
import { composed, type PaperSnapshot, type SnapshotOf } from "../snapshot.ts";
import { drawControl } from "./control.ts";
import { drawDelivery } from "./delivery.ts";
import { drawApology, drawResult, drawStop } from "./letters.ts";
import { drawDecline, drawSupplement } from "./notices.ts";
import { drawReceipt } from "./receipt.ts";
import { type FormatName, Sheet } from "./sheet.ts";

type Layout<K extends PaperKind> = {
  format: FormatName;
  draw(sheet: Sheet, paper: SnapshotOf<K>, fingerprint: string): void;
};

/**
 * How each kind is drawn, by the layout that its snapshot names: a new circular is a new layout beside the old one.
 * Slips are A5 (TT 01/2018 Đ10), documents of an agency A4 (NĐ 30/2020).
 */
const layouts: { [K in PaperKind]: Readonly<Record<SnapshotOf<K>["templateVersion"], Layout<K>>> } = {
  receipt_slip: { 1: { format: "A5", draw: drawReceipt } },
  supplement_request: { 1: { format: "A5", draw: drawSupplement } },
  decline_slip: { 1: { format: "A5", draw: drawDecline } },
  apology_letter: { 1: { format: "A4", draw: drawApology } },
  stop_notice: { 1: { format: "A4", draw: drawStop } },
  control_slip: { 1: { format: "A5", draw: drawControl } },
  delivery_receipt: { 1: { format: "A5", draw: drawDelivery } },
  result: { 1: { format: "A4", draw: drawResult } },
};

function put<K extends PaperKind>(sheet: Sheet, given: SnapshotOf<K>, kind: K, fingerprint: string): void {
  const layout: Layout<K> = layouts[kind][given.templateVersion as SnapshotOf<K>["templateVersion"]];
  sheet.begin(layout.format);
  layout.draw(sheet, composed(given), fingerprint);
  sheet.finish();
}

/** Draws a paper from its snapshot and nothing else: the same snapshot gives the same bytes. */
export async function drawPaper(paper: PaperSnapshot, fingerprint: string): Promise<Buffer> {
  const sheet = await Sheet.open({
    title: `${paper.title} ${paper.code ?? paper.reference}`,
    subject: paper.procedure.name,
    author: paper.agency.name,
    at: new Date(paper.issuedAt),
  });
  const bytes = buffer(sheet.stream);
  put(sheet, paper, paper.kind, fingerprint);
  sheet.end();
  return bytes;
}

/** Draws many papers into one file, each on pages of its own; what is drawn leaves while the next is read. */
export async function drawTogether(
  about: { title: string; author: string; at: Date },
  papers: AsyncIterable<{ snapshot: PaperSnapshot; fingerprint: string }>,
): Promise<Readable> {
  const sheet = await Sheet.open({ ...about, subject: about.title });
  const drawAll = async (): Promise<void> => {
    for await (const { snapshot, fingerprint } of papers) {
      put(sheet, snapshot, snapshot.kind, fingerprint);
      await breathe();
    }
    sheet.end();
  };
  drawAll().catch((error: Error) => void sheet.stream.destroy(error));
  return sheet.stream;
}
