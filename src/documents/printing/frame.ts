import qrcode from "qrcode";
import { formatMoney, formatTime, isoDay } from "#platform/format.ts";
import { linesOf } from "../rules/passages.ts";
import { dateInWords, instantInWords } from "../rules.ts";
import type { PaperHead, PaperMatter } from "../snapshot.ts";
import type { Face } from "./fonts.ts";
import type { Run, Sheet } from "./sheet.ts";
import { frameWords as words } from "./words.ts";

export const bold = (text: string): Run => ({ text, face: "bold" });
export const plain = (text: string): Run => ({ text });
export const italic = (text: string): Run => ({ text, face: "italic" });
export const two = (n: number): string => String(n).padStart(2, "0");
export const inWords = (iso: string): string => instantInWords(formatTime(new Date(iso)), isoDay(new Date(iso)));
export const orMissing = (text: string | null): string => text || words.missing;

/**
 * Boxes 1 to 4 of NĐ 30/2020: who issues on the left, the name of the state on the right, number and date below.
 * @param subject box 5b, of a letter: "V/v ..." below the number
 */
export function drawHeader(
  sheet: Sheet,
  { agency, numberText, issuedAt }: Pick<PaperHead, "agency" | "numberText" | "issuedAt">,
  subject: string | null = null,
): void {
  const top = sheet.y;
  const gap = 6 * sheet.scale;
  const leftWidth = sheet.width * 0.42;
  const rightX = sheet.left + leftWidth + gap;
  const rightWidth = sheet.width - leftWidth - gap;
  const centred = (text: string, face: Face, size: number, x: number, room: number): void => {
    const width = sheet.balancedWidth(text, face, size, room);
    sheet.paragraph([{ text, face }], { size, x: x + (room - width) / 2, width, align: "center", gap: 0 });
  };

  if (agency.parent) centred(agency.parent.toLocaleUpperCase("vi"), "regular", 8.5, sheet.left, leftWidth);
  centred(agency.issuer.toLocaleUpperCase("vi"), "bold", 8.5, sheet.left, leftWidth);
  const leftEnd = sheet.y + sheet.scale;
  sheet.rule(sheet.left + leftWidth / 3, leftEnd, leftWidth / 3);

  sheet.y = top;
  const [state, motto] = words.motto;
  // One line each, whatever the paper: the name of the state is never broken.
  const stateSize = Math.min(8.5, (8.5 * rightWidth) / sheet.widthOf(state, "bold", 8.5));
  centred(state, "bold", stateSize, rightX, rightWidth + 1);
  centred(motto, "bold", 9.5, rightX, rightWidth);
  const mottoWidth = sheet.widthOf(motto, "bold", 9.5);
  const rightEnd = sheet.y + sheet.scale;
  sheet.rule(rightX + (rightWidth - mottoWidth) / 2, rightEnd, mottoWidth);

  const line = Math.max(leftEnd, rightEnd) + 5 * sheet.scale;
  sheet.y = line;
  if (numberText) centred(`${words.number} ${numberText}`, "regular", 9.5, sheet.left, leftWidth);
  if (subject) centred(subject, "regular", 8.5, sheet.left, leftWidth);
  const numberEnd = sheet.y;
  sheet.y = line;
  const date = dateInWords(isoDay(new Date(issuedAt)));
  centred(agency.place ? `${agency.place}, ${date}` : date.replace(/^n/, "N"), "italic", 9.5, rightX, rightWidth);
  sheet.y = Math.max(sheet.y, numberEnd) + 7 * sheet.scale;
}

/** Box 5a: what the paper is, with what it is about and a rule below where it is a document of the agency. */
export function drawTitle(sheet: Sheet, title: string, about: string | null = null): void {
  const size = sheet.scale === 1 ? 11.5 : 9.9;
  sheet.paragraph([bold(title.toLocaleUpperCase("vi"))], {
    size,
    align: "center",
    type: "H1",
    gap: about === null ? 5 : 1,
  });
  if (about === null) return;
  sheet.paragraph([bold(about)], { size: 9.9, align: "center", gap: 2 });
  sheet.rule(sheet.left + sheet.width / 3, sheet.y, sheet.width / 3);
  sheet.y += 8 * sheet.scale;
}

/** What the agency wants to be read before the signatures; nothing until an administrator wrote it. */
export function drawNote(sheet: Sheet, { passages }: Pick<PaperHead, "passages">): void {
  for (const line of linesOf(passages?.["note"] ?? "")) sheet.paragraph([italic(line)]);
}

const QR_SIZE = 62;

/**
 * The code in the right column, and beside it what `draw` writes in the width that it is given.
 * @returns true when what was written ended above the end of the code, which then has room beside it
 */
export function besideQr(
  sheet: Sheet,
  { url, caption }: { url: string; caption: string },
  draw: (width: number, hasRoom: () => boolean) => void,
): void {
  const side = QR_SIZE * sheet.scale;
  const overhang = 12 * sheet.scale;
  sheet.reserve(side + 20 * sheet.scale);
  const top = sheet.y;
  const qrX = sheet.left + sheet.width - side;
  sheet.tag("Figure", () => drawQr(sheet, url, qrX, top, side), { alt: `${caption}: ${url}` });
  sheet.y = top + side + 1;
  sheet.paragraph([italic(caption)], {
    size: 6.5,
    x: qrX - overhang,
    width: side + overhang * 2,
    align: "center",
    gap: 0,
  });
  const qrEnd = sheet.y;
  sheet.y = top;
  draw(sheet.width - side - 14 * sheet.scale, () => sheet.y < qrEnd);
  sheet.y = Math.max(sheet.y, qrEnd + 1);
}

/** As vector squares, sharp at any size and readable without a picture library. */
export function drawQr(sheet: Sheet, text: string, x: number, y: number, side: number): void {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: "M" });
  const unit = side / modules.size;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue;
      let length = 1;
      while (column + length < modules.size && modules.get(row, column + length)) length++;
      // A hair higher than a module, or the rows would show seams.
      sheet.doc.rect(x + column * unit, y + row * unit, length * unit, unit + 0.05);
      column += length;
    }
  sheet.doc.fill("black");
}

/** Whose dossier it is and what it asks for: the lines that forms 02, 03, 05 and 06 share. */
export function drawMatter(
  sheet: Sheet,
  { applicant, authorizer, owner, procedure }: PaperMatter,
  width: number,
): void {
  sheet.paragraph([plain(`${words.matterOf} `), bold(applicant.fullName)], { width });
  const id = applicant.kind === "person" ? applicant.personalId : applicant.taxCode;
  const idName = applicant.kind === "person" ? words.personalId : words.taxCode;
  if (id) sheet.paragraph([plain(`${idName} ${id}`)], { width });
  if (authorizer) sheet.paragraph([plain(`${words.authorizer} `), bold(authorizer.fullName)], { width });
  if (owner && owner.fullName !== applicant.fullName)
    sheet.paragraph([plain(`${words.owner} `), bold(owner.fullName)], { width });
  sheet.paragraph([plain(`${words.address} ${orMissing(applicant.address)}`)], { width });
  sheet.paragraph(
    [plain(`${words.phone} ${orMissing(applicant.phone)}     ${words.email} ${orMissing(applicant.email)}`)],
    { width },
  );
  sheet.paragraph(
    [
      plain(`${words.request} `),
      bold(procedure.name),
      plain(
        ` (${words.procedureCode} ${procedure.code}${procedure.caseName ? `; ${words.case} ${procedure.caseName}` : ""})`,
      ),
    ],
    { width },
  );
}

type FeeLine = { name: string; amount: number; quantity: number };
export const feeLine = ({ name, amount, quantity }: FeeLine): string =>
  quantity === 1
    ? `${name}: ${formatMoney(amount)}`
    : `${name}: ${formatMoney(amount)} x ${quantity} = ${formatMoney(amount * quantity)}`;

type Signature = { title: string; hint?: string; name: string };
const SIGNATURE_ROOM = 26;

/** Who signs, side by side; one alone stands on the right, beside what `left` draws there (Nơi nhận). */
export function drawSignatures(
  sheet: Sheet,
  signatures: readonly Signature[],
  foot: readonly string[],
  left?: (width: number) => void,
): void {
  const half = sheet.width / 2 - 4;
  const right = sheet.left + sheet.width - half;
  const columns = signatures.map((one, i) => ({ ...one, x: signatures.length === 2 && i === 0 ? sheet.left : right }));
  const nameHeight = Math.max(0, ...columns.map(({ name }) => (name ? sheet.heightOf(name, "bold", 9.5, half) : 0)));
  const needed = (6 + 12 + 10 + SIGNATURE_ROOM) * sheet.scale + nameHeight + footHeight(sheet, foot);
  // Signatures alone on a page could be put under anything: the whole of the end moves together.
  sheet.reserve(needed);
  const top = sheet.y + 6 * sheet.scale;
  let end = top;
  if (left) {
    sheet.y = top;
    left(half);
    end = sheet.y;
  }
  // Who signs for an organization is a person that nobody has named here: the place stays free for a pen.
  for (const { x, title, hint = words.signHint, name } of columns) {
    sheet.y = top;
    const options = { x, width: half, align: "center", gap: 0 } as const;
    sheet.paragraph([bold(title)], { ...options, size: 9.3 });
    if (hint) sheet.paragraph([italic(hint)], { ...options, size: 8 });
    sheet.y += SIGNATURE_ROOM * sheet.scale;
    if (name) sheet.paragraph([bold(name)], { ...options, size: 9.2 });
    end = Math.max(end, sheet.y);
  }
  sheet.y = end;
}

const FOOT_SIZE = 6.5;
/** Where it is checked and what it is known by. */
export const footOf = ({ verificationUrl }: PaperHead, fingerprint: string, more: readonly string[] = []): string[] => [
  `${words.verification} ${verificationUrl}`,
  `${words.fingerprint} ${fingerprint}`,
  ...more,
];
const footHeight = (sheet: Sheet, lines: readonly string[]): number =>
  lines.reduce(
    (sum, line) => sum + sheet.heightOf(line, "regular", FOOT_SIZE / sheet.scale, sheet.width) + 1,
    8 * sheet.scale,
  );

export function drawFoot(sheet: Sheet, lines: readonly string[]): void {
  sheet.y = Math.max(sheet.y + 5 * sheet.scale, sheet.bottom - footHeight(sheet, lines) + 4 * sheet.scale);
  sheet.rule(sheet.left, sheet.y - 3, sheet.width);
  for (const line of lines) sheet.paragraph([plain(line)], { size: FOOT_SIZE / sheet.scale, gap: 1 / sheet.scale });
}
