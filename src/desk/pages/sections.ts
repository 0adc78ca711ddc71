import { paths as companyPaths } from "#companies/paths.ts";
import { paths as documentPaths } from "#documents/paths.ts";
import { paperName as issuedName, standingTag } from "#documents/rules.ts";
import type { FullDossier } from "#dossiers/index.ts";
import { AUTHORIZATION, authorizerIn, NOTE_KINDS } from "#dossiers/rules.ts";
import { showCode } from "#platform/codes.ts";
import { type Part, part, type SummaryRow, type Tag } from "#platform/components.ts";
import type { Officer } from "#platform/context.ts";
import { formatDateTime, formatMoney, formatNumber, formatPartialDate, formatSize } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { type ProcedureDefinition, RELATIONSHIPS } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import { receiptHref, scanTag, type Words } from "./words.ts";

export type Section = { id: string; title: string; parts: readonly Part[] };

declare module "#platform/render.ts" {
  interface Views {
    "desk/_text": { text: string };
    "desk/_file": { name: string; size: string; scan: Tag | null; href: string; save: string };
    "desk/_step": { name: string; by: string; until: string; isLate: boolean };
  }
}

const said = (text: string): Part => part("desk/_text", { text });
const given = (rows: readonly { key: string; value: string | null }[]): SummaryRow[] =>
  rows.flatMap(({ key, value }) => (value ? [{ key, value }] : []));

type Party = FullDossier["parties"][number];

/** Who speaks for an organization, and as what. */
const spokenFor = ({ representative, position }: Pick<Party, "representative" | "position">): string | null =>
  [representative, position].filter(Boolean).join(", ") || null;

const relationshipOf = ({ relationship }: Pick<Party, "relationship">, t: Words["t"]): string | null => {
  const known = RELATIONSHIPS.find((one) => one === relationship);
  return known ? t(`filing.others.person.${known}`) : null;
};

const partyRows = (
  party: Omit<Party, "id" | "role" | "dossierId" | "searchName" | "gender" | "communeCode">,
  { t }: Words,
): SummaryRow[] => [
  ...given([
    { key: t("desk.show.personalId"), value: party.personalId },
    { key: t("desk.show.taxCode"), value: party.taxCode },
    { key: t("desk.show.birthDate"), value: party.birthDate && formatPartialDate(party.birthDate) },
    { key: t("desk.show.phone"), value: party.phone },
    { key: t("desk.show.email"), value: party.email },
    { key: t("desk.show.address"), value: party.address },
    { key: t("desk.show.representative"), value: spokenFor(party) },
    { key: t("desk.show.relationship"), value: relationshipOf(party, t) },
  ]),
];

/** Whether who filed was proven to be who they say, or declared it. */
const identityTag = (level: FullDossier["identityLevel"], t: Translate): Tag =>
  level === "verified"
    ? { text: t("accounts.profile.verified"), tone: "done" }
    : { text: t("accounts.profile.declared"), tone: "neutral" };

/** Whether the company that it was filed for is what it says, as far as a desk has seen its papers. */
const companyRow = (
  { id, name, confirmedAt }: NonNullable<FullDossier["company"]>,
  { postings }: Officer,
  t: Translate,
): SummaryRow => ({
  key: t("companies.dossier.row"),
  value: name,
  parts: confirmedAt
    ? []
    : [part("components/hint", { id: "company-unconfirmed", text: t("companies.dossier.unconfirmedText") })],
  href: postings.some(({ role }) => role === "desk") ? companyPaths.deskCompany(id) : null,
  tag: confirmedAt
    ? { text: t("companies.dossier.confirmed"), tone: "done" }
    : { text: t("companies.dossier.unconfirmed"), tone: "waiting" },
});

export function peopleSection(
  { parties, answers, helper, consents, identityLevel, company }: FullDossier,
  officer: Officer,
  words: Words,
): Section {
  const { t } = words;
  const [applicant, owner] = (["applicant", "owner"] as const).map((role) =>
    parties.find((party) => party.role === role),
  );
  const isSame =
    applicant && owner && applicant.fullName === owner.fullName && applicant.personalId === owner.personalId;
  const authorizer = authorizerIn(answers[0]?.answers);
  const rows: SummaryRow[] = [
    ...(applicant
      ? [
          { key: t("desk.show.applicant"), value: applicant.fullName },
          ...partyRows(applicant, words),
          { key: t("accounts.profile.level"), value: "", tag: identityTag(identityLevel, t) },
        ]
      : []),
    ...(authorizer
      ? [
          { key: t("desk.show.authorizer"), value: authorizer.fullName },
          ...partyRows({ ...authorizer, address: null }, words),
        ]
      : []),
    ...(owner ? [{ key: t("desk.show.owner"), value: isSame ? t("desk.show.sameOwner") : owner.fullName }] : []),
    ...(owner && !isSame ? partyRows(owner, words) : []),
    ...(company ? [companyRow(company, officer, t)] : []),
    ...(helper
      ? [
          {
            key: t("desk.show.helper"),
            value: [helper.fullName, `${t(`filing.helper.${helper.role}`)}, ${helper.organization}`, helper.phone],
          },
        ]
      : []),
    ...(consents.some(({ purpose, revocation }) => purpose === "survey" && !revocation)
      ? [{ key: t("desk.show.consents"), value: t("desk.show.surveyAllowed") }]
      : []),
  ];
  return { id: "nguoi-nop", title: t("desk.show.people"), parts: [part("components/summary-list", { rows })] };
}

export const answersSection = (
  pages: readonly { title: string; rows: readonly { label: string; lines: readonly string[] }[] }[],
  { t }: Words,
): Section | null =>
  pages.length === 0
    ? null
    : {
        id: "to-khai",
        title: t("desk.show.answers"),
        parts: pages.map(({ title, rows }) =>
          part("components/summary-list", {
            title,
            rows: rows.map(({ label, lines }) => ({ key: label, value: lines })),
          }),
        ),
      };

type Titled = Pick<ProcedureDefinition, "requirements" | "form">;
const paperName = (definition: Titled, id: string, { t }: Words): string =>
  definition.requirements.find((paper) => paper.id === id)?.name.vi ??
  definition.form.pages.flatMap(({ fields }) => fields).find((field) => field.id === id)?.label.vi ??
  t(id === AUTHORIZATION ? "desk.show.authorization" : "desk.show.otherPaper");

/** Papers by what the procedure asks for: files to view and, of those that came over the counter, how many. */
export function papersSection({ id, attachments, papers }: FullDossier, definition: Titled, words: Words): Section {
  const { t } = words;
  const counted = papers.map((paper) => ({
    cells: [
      { text: paperName(definition, paper.requirementId, words), note: paper.later ? t("desk.show.later") : null },
      { text: formatNumber(paper.originals), numeric: true },
      { text: formatNumber(paper.copies), numeric: true },
      { text: formatNumber(paper.electronic), numeric: true },
    ],
  }));
  const byPaper = new Map<string, typeof attachments>();
  for (const file of attachments) byPaper.set(file.requirementId, [...(byPaper.get(file.requirementId) ?? []), file]);
  const files = [...byPaper].map(
    ([requirementId, some]): SummaryRow => ({
      key: paperName(definition, requirementId, words),
      value: "",
      parts: some.map((file) =>
        part("desk/_file", {
          name: file.name,
          size: [formatSize(file.size), file.supersededAt ? t("desk.moves.history.superseded") : ""]
            .filter(Boolean)
            .join(", "),
          scan: scanTag(file.scanState, t),
          href: paths.file(id, file.id),
          save: paths.saveFile(id, file.id),
        }),
      ),
    }),
  );
  return {
    id: "giay-to",
    title: t("desk.show.papers"),
    parts: [
      ...(counted.length > 0
        ? [
            part("components/table", {
              caption: t("desk.show.received"),
              head: [
                { text: t("desk.show.paper") },
                { text: t("desk.show.originals"), numeric: true },
                { text: t("desk.show.copies"), numeric: true },
                { text: t("desk.show.electronic"), numeric: true },
              ],
              rows: counted,
            }),
          ]
        : []),
      ...(files.length > 0 ? [part("components/summary-list", { title: t("desk.show.files"), rows: files })] : []),
      ...(counted.length + files.length === 0 ? [said(t("desk.show.noPapers"))] : []),
    ],
  };
}

export function feesSection({ fees }: FullDossier, { t }: Words): Section {
  const total = fees.reduce((sum, fee) => sum + fee.amount * BigInt(fee.quantity), 0n);
  const line = (text: string, quantity: string, amount: bigint) => ({
    cells: [{ text }, { text: quantity, numeric: true }, { text: formatMoney(amount), numeric: true }],
  });
  const rows = [
    ...fees.map((fee) => line(fee.name, formatNumber(fee.quantity), fee.amount * BigInt(fee.quantity))),
    ...(fees.length > 1 ? [line(t("desk.show.total"), "", total)] : []),
  ];
  const head = [
    { text: t("desk.show.fee") },
    { text: t("desk.show.quantity"), numeric: true },
    { text: t("desk.show.amount"), numeric: true },
  ];
  return {
    id: "phi",
    title: t("desk.show.fees"),
    parts:
      fees.length > 0
        ? [part("components/table", { caption: t("desk.show.fees"), hideCaption: true, head, rows })]
        : [said(t("desk.show.noFees"))],
  };
}

function resultState({ state, replacedAt }: FullDossier["results"][number], t: Words["t"]): string | null {
  if (state === "draft") return t("desk.life.correct.isDraft");
  if (state === "revoked") return t("desk.life.correct.revoked");
  return state === "replaced" && replacedAt
    ? t("desk.life.correct.replaced", { at: formatDateTime(replacedAt) })
    : null;
}

export function resultsSection({ id, results, notes, acceptedAt }: FullDossier, { t }: Words): Section | null {
  if (!acceptedAt) return null;
  const lists = results.map((result) =>
    part("components/summary-list", {
      title: result.title,
      rows: [
        ...given([
          { key: t("desk.show.resultNumber"), value: result.number },
          { key: t("desk.show.resultDate"), value: result.issuedOn && formatPartialDate(result.issuedOn) },
          { key: t("desk.show.resultSigner"), value: result.signerName },
          { key: t("desk.show.resultIssuer"), value: result.issuerAgency.name },
          { key: t("desk.show.resultState"), value: resultState(result, t) },
          {
            key: t("desk.life.correct.why"),
            value: notes.find((note) => note.id === result.correctionNoteId)?.text ?? null,
          },
        ]),
        {
          key: t("desk.show.resultFile"),
          value: result.storageKey ? "" : t("desk.show.noFile"),
          ...(result.storageKey && result.fileName
            ? {
                parts: [
                  part("desk/_file", {
                    name: result.fileName,
                    size: formatSize(result.size ?? 0),
                    scan: scanTag(result.scanState, t),
                    href: paths.file(id, result.id),
                    save: paths.saveFile(id, result.id),
                  }),
                ],
              }
            : {}),
        },
      ],
    }),
  );
  return {
    id: "ket-qua",
    title: t("desk.show.results"),
    parts: lists.length > 0 ? lists : [said(t("desk.show.noResult"))],
  };
}

/** The papers that the portal made of it; a leader of the agency may take one back. */
export function issuedSection(
  { id, issuedPapers, reference, code, results }: FullDossier,
  officer: Officer,
  { t }: Words,
): Section | null {
  const leads = (agencyId: string): boolean =>
    officer.postings.some((one) => one.agencyId === agencyId && one.role === "leader");
  // A draft is made again, not taken back.
  const drafts = new Set(results.filter(({ state }) => state === "draft").map(({ paperId }) => paperId));
  const rows: SummaryRow[] = [
    ...(code ? [] : [{ key: t("desk.show.reference"), value: showCode(reference) }]),
    ...issuedPapers.map((paper): SummaryRow => {
      const isReceipt = paper.kind === "receipt_slip" && paper.standing === "valid";
      const name = isReceipt ? t("desk.show.receipt") : issuedName(paper.kind, t);
      return {
        key: name,
        value: isReceipt ? t("desk.show.printReceipt") : t("documents.open"),
        href: receiptHref(paper.id),
        ...(paper.standing === "valid" ? {} : { tag: standingTag(paper.standing, t) }),
        ...(paper.standing === "valid" && leads(paper.agencyId) && !drafts.has(paper.id)
          ? {
              actions: [
                { text: t("documents.end.short"), href: documentPaths.endPaper(paper.id), about: name.toLowerCase() },
              ],
            }
          : {}),
      };
    }),
    ...(code ? [{ key: t("desk.life.national"), value: t("desk.life.nationalOpen"), href: paths.national(id) }] : []),
  ];
  return rows.length > 0
    ? { id: "giay-to-cong", title: t("desk.show.issued"), parts: [part("components/summary-list", { rows })] }
    : null;
}

export function notesSection({ notes }: FullDossier, names: ReadonlyMap<string, string>, { t }: Words): Section | null {
  const rows = notes.map((note): SummaryRow => {
    const kind = NOTE_KINDS.find((one) => one === note.kind) ?? "opinion";
    const by = [note.authorId && names.get(note.authorId), formatDateTime(note.at)].filter(Boolean).join(", ");
    return { key: t(`desk.noteKinds.${kind}`), value: [...note.text.split("\n"), by] };
  });
  return rows.length > 0
    ? { id: "y-kien", title: t("desk.show.notes"), parts: [part("components/summary-list", { rows })] }
    : null;
}
