import { showCode } from "#platform/codes.ts";
import { formatMoney } from "#platform/format.ts";
import type { PaperParty, ReceiptSnapshot } from "../snapshot.ts";
import {
  besideQr,
  bold,
  drawFoot,
  drawHeader,
  drawNote,
  drawSignatures,
  drawTitle,
  feeLine,
  footOf,
  inWords,
  orMissing,
  plain,
  two,
} from "./frame.ts";
import type { Run, Sheet } from "./sheet.ts";
import { frameWords, receiptWords as words } from "./words.ts";

/** Form 01, layout 1. @param fingerprint hex sha-256 of the snapshot, printed at the foot */
export function drawReceipt(sheet: Sheet, slip: ReceiptSnapshot, fingerprint: string): void {
  const history = slip.history ? [`${words.history} (${words.event} ${slip.history.seq}): ${slip.history.hash}`] : [];
  const foot = footOf(slip, fingerprint, history);
  drawHeader(sheet, slip);
  drawTitle(sheet, slip.title);
  besideQr(sheet, { url: slip.trackingUrl, caption: words.scan }, (width, hasRoom) => {
    sheet.paragraph([plain(`${words.code} `), bold(slip.code)], { width, size: 10.5 });
    sheet.paragraph([plain(`${words.reference} `), bold(showCode(slip.reference))], { width });
    if (slip.linkCode) sheet.paragraph([plain(`${words.linkCode} `), bold(showCode(slip.linkCode))], { width });
    sheet.paragraph([plain(`${words.desk} ${deskOf(slip)}`)], { width });
    // The next lines go beside the code as long as it reaches down.
    sheet.paragraph(applicantRuns(slip), hasRoom() ? { width } : {});
  });
  drawParties(sheet, slip);
  drawPapers(sheet, slip);
  drawTimes(sheet, slip);
  drawNote(sheet, slip);
  drawSignatures(
    sheet,
    [
      { title: words.signApplicant, name: slip.applicant.kind === "person" ? slip.applicant.fullName : "" },
      { title: words.signOfficer, name: slip.officer },
    ],
    foot,
  );
  drawFoot(sheet, foot);
}

const applicantRuns = ({ applicant }: ReceiptSnapshot): Run[] => [
  plain(`${words.applicant} `),
  bold(applicant.fullName),
];

const deskOf = ({ agency }: ReceiptSnapshot): string =>
  [agency.issuer === agency.name ? agency.name : `${agency.issuer} - ${agency.name}`, agency.address]
    .filter(Boolean)
    .join(", ");

function drawApplicant(sheet: Sheet, party: PaperParty, channel: ReceiptSnapshot["channel"]): void {
  sheet.paragraph([plain(`${frameWords.address} ${orMissing(party.address)}`)]);
  sheet.paragraph([
    plain(`${frameWords.phone} ${orMissing(party.phone)}     ${frameWords.email} ${orMissing(party.email)}`),
  ]);
  const id =
    party.kind === "person"
      ? `${frameWords.personalId} ${orMissing(party.personalId)}`
      : `${frameWords.taxCode} ${orMissing(party.taxCode)}`;
  sheet.paragraph([plain(`${id}     ${words.channel} ${words.channels[channel]}`)]);
}

function drawParties(sheet: Sheet, slip: ReceiptSnapshot): void {
  drawApplicant(sheet, slip.applicant, slip.channel);
  if (slip.authorizer) {
    const { fullName, personalId } = slip.authorizer;
    const id = personalId ? `. ${frameWords.personalId} ${personalId}` : "";
    sheet.paragraph([plain(`${frameWords.authorizer} `), bold(fullName), plain(id)]);
  }
  if (slip.owner) {
    const { kind, taxCode, spokenFor } = slip.owner;
    const address =
      slip.owner.address === slip.applicant.address && slip.owner.address
        ? words.sameAddress
        : orMissing(slip.owner.address);
    sheet.paragraph([
      plain(`${frameWords.owner} `),
      bold(slip.owner.fullName),
      ...(kind === "organization" && taxCode ? [plain(`. ${frameWords.taxCode} ${taxCode}`)] : []),
      ...(spokenFor ? [plain(`. ${words.spokenFor} ${spokenFor}`)] : []),
      plain(`. ${frameWords.address} ${address}`),
    ]);
  } else sheet.paragraph([plain(`${frameWords.owner} ${words.ownerSame}`)]);
  const { name, code, caseName } = slip.procedure;
  sheet.paragraph([
    plain(`${frameWords.request} `),
    bold(name),
    plain(` (${frameWords.procedureCode} ${code}${caseName ? `; ${frameWords.case} ${caseName}` : ""})`),
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
