/** What is noted of who came in, what changed about who may, and who read whose data. The texts are keyed by these. */
export const EVENT_KINDS = [
  "sign_in.passed",
  "sign_in.failed",
  "sign_in.held",
  "sign_out",
  "account.opened",
  "account.disabled",
  "account.activated",
  "password.changed",
  "password.reset",
  "contact.changed",
  "factor.added",
  "factor.removed",
  "factor.failed",
  "recovery.made",
  "recovery.used",
  "identity.linked",
  "identity.unlinked",
  "roles.changed",
  "sessions.ended",
  "company.opened",
  "company.changed",
  "company.confirmed",
  "company.invited",
  "company.joined",
  "company.left",
  "access.refused",
  "read.dossier",
  "read.file",
  "read.paper",
  "read.people",
  "search.desk",
  "search.people",
  "dossier.restricted",
  "dossier.unrestricted",
  "audit.read",
  "audit.exported",
] as const;
export type SecurityEventKind = (typeof EVENT_KINDS)[number];

type Key<T> = T extends `${infer A}.${infer B}` ? `${A}_${B}` : T;
/** The event's kind as texts are keyed by it: "sign_in_passed". */
export const kindKey = (kind: SecurityEventKind): Key<SecurityEventKind> =>
  kind.replace(".", "_") as Key<SecurityEventKind>;

/** What of a person's data an address shows, and which parameter names the thing. */
type Reading = {
  at: RegExp;
  kind: Extract<SecurityEventKind, `read.${string}` | `search.${string}`>;
  thing?: "dossier" | "paper";
  /** Noted only when something was searched. */
  search?: true;
};

/**
 * Which pages of officers and administrators show personal data of somebody, by the route's own address: the only place
 * that says so. Lists without a search are work as such; who opened what stands behind each of their lines.
 */
export const READINGS: readonly Reading[] = [
  { at: /^\/mot-cua\/ho-so\/:id(\/(yeu-cau-bo-sung|han-che|dong-bo\.json))?$/, kind: "read.dossier", thing: "dossier" },
  { at: /^\/mot-cua\/ho-so\/:id\/tep\//, kind: "read.file", thing: "dossier" },
  { at: /^\/mot-cua\/giay-to\/:id/, kind: "read.paper", thing: "paper" },
  { at: /^\/mot-cua\/to-chuc\/:id$/, kind: "read.people" },
  { at: /^\/mot-cua\/to-chuc$/, kind: "search.people", search: true },
  { at: /^\/mot-cua\/?$/, kind: "search.desk", search: true },
  { at: /^\/mot-cua\/so-theo-doi/, kind: "search.desk", search: true },
  { at: /^\/quan-tri\/nguoi-dung\/?$/, kind: "search.people", search: true },
  { at: /^\/quan-tri\/nguoi-dung\/:/, kind: "read.people" },
];

/** What reading a route's page is noted as; null where it shows nobody's data. */
export const readingAt = (route: string): Reading | null => READINGS.find(({ at }) => at.test(route)) ?? null;
