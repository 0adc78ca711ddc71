import qrcode from "qrcode";
import { showCode } from "#platform/codes.ts";
import { formatMoney, formatTime, isoDay } from "#platform/format.ts";
import { dateInWords, instantInWords } from "../rules.ts";
import { composed, type ReceiptParty, type ReceiptSnapshot } from "../snapshot.ts";
import { type Face, type Run, Sheet } from "./sheet.ts";
import { receiptWords as words } from "./words.ts";

const bold = (text: string): Run => ({ text, face: "bold" });
const plain = (text: string): Run => ({ text });
const two = (n: number): string => String(n).padStart(2, "0");
const inWords = (iso: string): string => instantInWords(formatTime(new Date(iso)), isoDay(new Date(iso)));

/**
 * Draws form 01, template 1, from its snapshot and nothing else: the same snapshot gives the same bytes.
 * @param fingerprint hex sha-256 of the snapshot, printed at the foot
 */
export async function drawReceipt(given: ReceiptSnapshot, fingerprint: string): Promise<Buffer> {
  const slip = composed(given);
  const sheet = await Sheet.open({
    title: `${slip.title} ${slip.code}`,
    subject: slip.procedure.name,
    author: slip.agency.name,
    at: new Date(slip.issuedAt),
  });
  drawHeader(sheet, slip);
  drawTitle(sheet, slip);
  drawParties(sheet, slip);
  drawPapers(sheet, slip);
  drawTimes(sheet, slip);
  drawSignatures(sheet, slip);
  drawFoot(sheet, slip, fingerprint);
  return sheet.close();
}

/** Boxes 1 to 4 of NĐ 30/2020: who issues on the left, the name of the state on the right, number and date below. */
function drawHeader(sheet: Sheet, { agency, numberText, issuedAt }: ReceiptSnapshot): void {
  const top = sheet.y;
  const gap = 6;
  const leftWidth = sheet.width * 0.42;
  const rightX = sheet.left + leftWidth + gap;
  const rightWidth = sheet.width - leftWidth - gap;
  const centred = (text: string, face: Face, size: number, x: number, room: number): void => {
    const width = sheet.balancedWidth(text, face, size, room);
    sheet.paragraph([{ text, face }], { size, x: x + (room - width) / 2, width, align: "center", gap: 0 });
  };

  if (agency.parent) centred(agency.parent.toLocaleUpperCase("vi"), "regular", 8.5, sheet.left, leftWidth);
  centred(agency.issuer.toLocaleUpperCase("vi"), "bold", 8.5, sheet.left, leftWidth);
  const leftEnd = sheet.y + 1;
  sheet.rule(sheet.left + leftWidth / 3, leftEnd, leftWidth / 3);

  sheet.y = top;
  const [state, motto] = words.motto;
  centred(state, "bold", 8.5, rightX, rightWidth);
  centred(motto, "bold", 9.5, rightX, rightWidth);
  const mottoWidth = sheet.widthOf(motto, "bold", 9.5);
  const rightEnd = sheet.y + 1;
  sheet.rule(rightX + (rightWidth - mottoWidth) / 2, rightEnd, mottoWidth);

  const line = Math.max(leftEnd, rightEnd) + 5;
  sheet.y = line;
  centred(`${words.number} ${numberText}`, "regular", 9.5, sheet.left, leftWidth);
  const numberEnd = sheet.y;
  sheet.y = line;
  const date = dateInWords(isoDay(new Date(issuedAt)));
  centred(agency.place ? `${agency.place}, ${date}` : date.replace(/^n/, "N"), "italic", 9.5, rightX, rightWidth);
  sheet.y = Math.max(sheet.y, numberEnd) + 7;
}

const QR_SIZE = 62;

function drawTitle(sheet: Sheet, slip: ReceiptSnapshot): void {
  sheet.paragraph([bold(slip.title.toLocaleUpperCase("vi"))], { size: 11.5, align: "center", type: "H1", gap: 5 });
  const top = sheet.y;
  const qrX = sheet.left + sheet.width - QR_SIZE;
  sheet.tag("Figure", () => drawQr(sheet, slip.trackingUrl, qrX, top), { alt: `${words.scan}: ${slip.trackingUrl}` });
  sheet.y = top + QR_SIZE + 1;
  sheet.paragraph([{ text: words.scan, face: "italic" }], {
    size: 6.5,
    x: qrX - 12,
    width: QR_SIZE + 24,
    align: "center",
    gap: 0,
  });
  const qrEnd = sheet.y;
  sheet.y = top;
  const width = sheet.width - QR_SIZE - 14;
  sheet.paragraph([plain(`${words.code} `), bold(slip.code)], { width, size: 10.5 });
  sheet.paragraph([plain(`${words.reference} `), bold(showCode(slip.reference))], { width });
  if (slip.linkCode) sheet.paragraph([plain(`${words.linkCode} `), bold(showCode(slip.linkCode))], { width });
  sheet.paragraph([plain(`${words.desk} ${deskOf(slip)}`)], { width });
  // The next lines go beside the code as long as it reaches down.
  if (sheet.y < qrEnd) sheet.paragraph(applicantRuns(slip), { width });
  else sheet.paragraph(applicantRuns(slip));
  sheet.y = Math.max(sheet.y, qrEnd + 1);
}

const applicantRuns = ({ applicant }: ReceiptSnapshot): Run[] => [
  plain(`${words.applicant} `),
  bold(applicant.fullName),
];

const deskOf = ({ agency }: ReceiptSnapshot): string =>
  [agency.issuer === agency.name ? agency.name : `${agency.issuer} - ${agency.name}`, agency.address]
    .filter(Boolean)
    .join(", ");

/** As vector squares, sharp at any size and readable without a picture library. */
function drawQr(sheet: Sheet, text: string, x: number, y: number): void {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: "M" });
  const unit = QR_SIZE / modules.size;
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

const orMissing = (text: string | null): string => text || words.missing;

function drawApplicant(sheet: Sheet, party: ReceiptParty, channel: ReceiptSnapshot["channel"]): void {
  sheet.paragraph([plain(`${words.address} ${orMissing(party.address)}`)]);
  sheet.paragraph([plain(`${words.phone} ${orMissing(party.phone)}     ${words.email} ${orMissing(party.email)}`)]);
  const id =
    party.kind === "person"
      ? `${words.personalId} ${orMissing(party.personalId)}`
      : `${words.taxCode} ${orMissing(party.taxCode)}`;
  sheet.paragraph([plain(`${id}     ${words.channel} ${words.channels[channel]}`)]);
}

function drawParties(sheet: Sheet, slip: ReceiptSnapshot): void {
  drawApplicant(sheet, slip.applicant, slip.channel);
  if (slip.authorizer) {
    const { fullName, personalId } = slip.authorizer;
    const id = personalId ? `. ${words.personalId} ${personalId}` : "";
    sheet.paragraph([plain(`${words.authorizer} `), bold(fullName), plain(id)]);
  }
  if (slip.owner) {
    const address =
      slip.owner.address === slip.applicant.address && slip.owner.address
        ? words.sameAddress
        : orMissing(slip.owner.address);
    sheet.paragraph([plain(`${words.owner} `), bold(slip.owner.fullName), plain(`. ${words.address} ${address}`)]);
  } else sheet.paragraph([plain(`${words.owner} ${words.ownerSame}`)]);
  const { name, code, caseName } = slip.procedure;
  sheet.paragraph([
    plain(`${words.request} `),
    bold(name),
    plain(` (${words.procedureCode} ${code}${caseName ? `; ${words.case} ${caseName}` : ""})`),
  ]);
}

function drawPapers(sheet: Sheet, { papers }: ReceiptSnapshot): void {
  if (papers.length === 0) {
    sheet.paragraph([plain(`${words.papers} `), plain(words.noPapers)]);
    return;
  }
  sheet.reserve(60);
  sheet.paragraph([plain(words.papers)], { gap: 3 });
  const narrow = [22, 42, 50, 50];
  const [number, name, originals, copies, electronic] = words.columns;
  const columns = [
    { title: number, width: narrow[0] as number, align: "center" },
    { title: name, width: sheet.width - narrow.reduce((a, b) => a + b, 0), align: "left" },
    { title: originals, width: narrow[1] as number, align: "center" },
    { title: copies, width: narrow[2] as number, align: "center" },
    { title: electronic, width: narrow[3] as number, align: "center" },
  ] as const;
  const count = (n: number): string => (n > 0 ? two(n) : "-");
  sheet.table(
    columns,
    papers.map((paper, i) => [
      String(i + 1),
      paper.later ? `${paper.name} ${words.later}` : paper.name,
      count(paper.originals),
      count(paper.copies),
      count(paper.electronic),
    ]),
  );
  sheet.y += 4;
}

const feeLine = ({ name, amount, quantity }: ReceiptSnapshot["fees"][number]): string =>
  quantity === 1
    ? `${name}: ${formatMoney(amount)}`
    : `${name}: ${formatMoney(amount)} x ${quantity} = ${formatMoney(amount * quantity)}`;

function feesInWords({ fees, feesOpen, feeCollection }: ReceiptSnapshot): Run[] {
  const total = fees.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0);
  if (total === 0) return [plain(`${feesOpen ? words.feesOpen : words.noFees}.`)];
  return [
    plain(fees.map(feeLine).join("; ")),
    plain(fees.length > 1 ? `. ${words.feeTotal} ` : ""),
    bold(fees.length > 1 ? formatMoney(total) : ""),
    plain(`${feesOpen ? `; ${words.feesOpen}` : ""}. ${words.collection} ${feeCollection}.`),
  ];
}

function drawTimes(sheet: Sheet, slip: ReceiptSnapshot): void {
  sheet.paragraph([plain(`${words.sets} ${two(slip.sets)} ${words.setsUnit}.`)]);
  sheet.paragraph([plain(`${words.processingTime} ${slip.processingTime ?? words.noProcessingTime}.`)]);
  sheet.paragraph([plain(`${words.received} ${inWords(slip.receivedAt)}.`)]);
  sheet.paragraph([plain(`${words.due} `), bold(`${slip.dueAt ? inWords(slip.dueAt) : words.noDue}.`)]);
  sheet.paragraph([plain(`${words.returned} ${slip.returnPlace}.`)]);
  sheet.paragraph([plain(`${words.fees} `), ...feesInWords(slip)]);
  const { phone } = slip.agency;
  sheet.paragraph([plain(`${words.tracking} ${slip.trackingUrl}${phone ? `. ${words.hotline} ${phone}` : ""}`)]);
}

const SIGNATURE_ROOM = 32;

function drawSignatures(sheet: Sheet, slip: ReceiptSnapshot): void {
  const half = sheet.width / 2 - 4;
  const columns = [
    {
      x: sheet.left,
      title: words.signApplicant,
      name: slip.applicant.kind === "person" ? slip.applicant.fullName : "",
    },
    { x: sheet.left + sheet.width - half, title: words.signOfficer, name: slip.officer },
  ];
  const nameHeight = Math.max(...columns.map(({ name }) => sheet.heightOf(name, "bold", 9.5, half)));
  const needed = 6 + 13 + 11 + SIGNATURE_ROOM + nameHeight + footHeight(sheet, slip);
  // Signatures alone on a page could be put under anything: the whole of the end moves together.
  sheet.reserve(needed);
  const top = sheet.y + 6;
  let end = top;
  // Who signs for an organization is a person that nobody has named here: the place stays free for a pen.
  for (const { x, title, name } of columns) {
    sheet.y = top;
    const options = { x, width: half, align: "center", gap: 0 } as const;
    sheet.paragraph([bold(title)], { ...options, size: 9.3 });
    sheet.paragraph([{ text: words.signHint, face: "italic" }], { ...options, size: 8 });
    sheet.y += SIGNATURE_ROOM;
    if (name) sheet.paragraph([bold(name)], options);
    end = Math.max(end, sheet.y);
  }
  sheet.y = end;
}

const FOOT_SIZE = 7;
const footOf = (slip: ReceiptSnapshot, fingerprint: string): string[] => [
  `${words.verification} ${slip.verificationUrl}`,
  `${words.fingerprint} ${fingerprint}`,
];
const footHeight = (sheet: Sheet, slip: ReceiptSnapshot): number =>
  footOf(slip, "0".repeat(64)).reduce(
    (sum, line) => sum + sheet.heightOf(line, "regular", FOOT_SIZE, sheet.width) + 1,
    10,
  );

function drawFoot(sheet: Sheet, slip: ReceiptSnapshot, fingerprint: string): void {
  sheet.y = Math.max(sheet.y + 5, sheet.bottom - footHeight(sheet, slip) + 4);
  sheet.rule(sheet.left, sheet.y - 3, sheet.width);
  for (const line of footOf(slip, fingerprint)) sheet.paragraph([plain(line)], { size: FOOT_SIZE, gap: 1 });
}
