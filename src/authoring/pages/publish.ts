import { adminSections } from "#admin/index.ts";
import { paths as adminPaths } from "#admin/paths.ts";
import { type ErrorSummary, errorText, type Link, type Part, part, type Tag } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDate, formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Suspension } from "#procedures/index.ts";
import { paths as procedurePaths } from "#procedures/paths.ts";
import { paths } from "../paths.ts";
import type { ProcedureOverview, VersionRow } from "../queries/procedures.ts";
import type { Change, Manuscript } from "../queries.ts";
import { problemsOf, sections } from "../rules.ts";
import type { Block, BlocksPage } from "./blocks.ts";
import { framedPage, saidOf } from "./frame.ts";
import { problemLinks } from "./problems.ts";

type More = {
  title: string;
  caption?: string;
  lead?: string;
  tag?: Tag;
  errors?: readonly Link[];
  problemsTitle?: string;
  back: { href: string; text: string };
  /** Which part of administration it belongs to; that of procedures, where none is named. */
  section?: string;
  blocks: readonly Block[];
};

/** A page of a procedure as administrators see it, outside any manuscript. */
export const procedurePage = (more: More, t: Translate): BlocksPage => {
  const errors = more.errors ?? [];
  const summary: ErrorSummary = { ...(more.problemsTitle ? { title: more.problemsTitle } : {}), errors };
  return {
    title: more.caption ? `${more.title} – ${more.caption}` : more.title,
    hasErrors: errors.length > 0,
    back: more.back,
    width: "wide",
    frame: {
      heading: {
        title: more.title,
        caption: more.caption ?? null,
        lead: more.lead ?? null,
        ...(more.tag ? { tag: more.tag } : {}),
      },
      parts: adminSections(more.section ?? adminPaths.procedures, t),
      problems: errors.length > 0 ? summary : null,
      conflict: null,
    },
    blocks: more.blocks,
  };
};

const toList = (t: Translate) => ({ href: paths.procedures, text: t("authoring.publish.procedure.back") });

/** The page on which a new procedure begins. */
export function newProcedurePage(
  form: Form,
  file: { error: string | null; problems: readonly Link[] },
  t: Translate,
): BlocksPage {
  const say = (key: "code" | "name" | "copyOf") => errorText(form.errors, key, t);
  const errors: Link[] = [
    ...Object.entries(form.errors).map(([name, { key, params }]) => ({ text: t(key, params), href: `#${name}` })),
    ...(file.error ? [{ text: file.error, href: "#file" }] : []),
    ...file.problems,
  ];
  return procedurePage(
    {
      title: t("authoring.publish.add.title"),
      lead: t("authoring.publish.add.lead"),
      back: toList(t),
      errors,
      ...(file.problems.length > 0 ? { problemsTitle: t("authoring.publish.add.problemsTitle") } : {}),
      blocks: [
        {
          title: t("authoring.publish.add.newTitle"),
          form: {
            action: paths.newProcedure,
            parts: [
              part("components/input", {
                name: "code",
                label: t("authoring.publish.add.code"),
                hint: t("authoring.publish.add.codeHint"),
                value: shown(form, "code"),
                error: say("code"),
                width: 20,
                verbatim: true,
              }),
              part("components/input", {
                name: "name",
                label: t("authoring.publish.add.name"),
                value: shown(form, "name"),
                error: say("name"),
              }),
              part("components/input", {
                name: "copyOf",
                label: t("authoring.publish.add.copyOf"),
                hint: t("authoring.publish.add.copyHint"),
                value: shown(form, "copyOf"),
                error: say("copyOf"),
                required: false,
                width: 20,
                verbatim: true,
              }),
            ],
            buttons: [{ text: t("authoring.publish.add.begin") }],
          },
        },
        {
          title: t("authoring.publish.add.fileTitle"),
          form: {
            action: paths.importProcedure,
            hasFiles: true,
            parts: [
              part("components/file-upload", {
                name: "file",
                label: t("authoring.publish.add.file"),
                limit: t("authoring.publish.add.fileLimit"),
                maxBytes: 2 * 1024 * 1024,
                tooLarge: t("authoring.publish.add.tooLarge"),
                accept: ".json,application/json",
                error: file.error,
              }),
            ],
            buttons: [{ text: t("authoring.publish.add.import"), kind: "secondary" }],
          },
        },
        {
          title: t("authoring.publish.add.moreTitle"),
          links: [
            { text: t("authoring.library.link"), href: paths.library, kind: "secondary" },
            { text: t("authoring.national.link"), href: paths.national, kind: "secondary" },
            { text: t("lists.title"), href: paths.lists, kind: "secondary" },
            { text: t("authoring.wordings.mails.title"), href: paths.wordings("mails"), kind: "secondary" },
            { text: t("authoring.wordings.papers.title"), href: paths.wordings("papers"), kind: "secondary" },
            { text: t("authoring.changes.title"), href: paths.changes(null), kind: "secondary" },
          ],
        },
      ],
    },
    t,
  );
}

const versionTag = (version: VersionRow, { current }: ProcedureOverview, now: Date, t: Translate): Tag =>
  version.id === current?.id
    ? { text: t("authoring.publish.procedure.inForce"), tone: "done" }
    : version.effectiveFrom > now
      ? { text: t("authoring.publish.procedure.upcoming"), tone: "new" }
      : { text: t("authoring.publish.procedure.superseded"), tone: "neutral" };

function versionCard(version: VersionRow, overview: ProcedureOverview, now: Date, t: Translate): Part {
  const { code, versions } = overview;
  const { number } = version;
  const about = t("authoring.publish.procedure.about", { number });
  const earlier = versions.find((one) => one.number === number - 1);
  return part("components/summary-list", {
    title: t("authoring.publish.procedure.version", { number }),
    actions: [
      ...(earlier
        ? [{ text: t("authoring.publish.procedure.compare"), href: paths.compared(code, number - 1, number), about }]
        : []),
      { text: t("authoring.publish.procedure.export"), href: paths.exported(code, number), about },
    ],
    rows: [
      {
        key: t("authoring.publish.procedure.effective"),
        value: formatDate(version.effectiveFrom),
        tag: versionTag(version, overview, now, t),
      },
      {
        key: t("authoring.publish.procedure.published"),
        value: t("authoring.publish.procedure.publishedBy", {
          at: formatDateTime(version.publishedAt),
          name: version.byName ?? t("authoring.publish.procedure.byPortal"),
        }),
      },
      ...(version.reason ? [{ key: t("authoring.publish.procedure.reason"), value: version.reason }] : []),
      ...(version.changes.length > 0
        ? [{ key: t("authoring.publish.procedure.changes"), value: version.changes }]
        : []),
    ],
  });
}

/** Whether new dossiers are taken in, and the form that changes it. */
export function standingOf(
  { code, current }: ProcedureOverview,
  suspension: Suspension | null,
  form: Form,
  t: Translate,
): { tag: Tag; block: Block | null } {
  if (!current) return { tag: { text: t("authoring.publish.procedure.noVersion"), tone: "neutral" }, block: null };
  const error = errorText(form.errors, "reason", t);
  return {
    tag: suspension
      ? { text: t("authoring.publish.procedure.suspended"), tone: "waiting" }
      : { text: t("authoring.publish.procedure.inForce"), tone: "done" },
    block: {
      id: "tam-ngung",
      title: t("authoring.publish.procedure.standing"),
      parts: [
        part("components/inset-text", {
          text: suspension
            ? t("authoring.publish.procedure.suspendedText", {
                at: formatDateTime(suspension.at),
                reason: suspension.reason,
              })
            : t("authoring.publish.procedure.suspendText"),
          tone: suspension ? "warning" : "info",
        }),
      ],
      form: {
        action: paths.suspend(code),
        parts: [
          part("components/textarea", {
            name: "reason",
            label: t("authoring.publish.procedure.standingReason"),
            hint: t("authoring.publish.procedure.suspendHint"),
            rows: 3,
            value: shown(form, "reason"),
            error,
          }),
        ],
        buttons: [
          suspension
            ? { text: t("authoring.publish.procedure.restore"), name: "viec", value: "tiep-nhan" }
            : {
                text: t("authoring.publish.procedure.suspend"),
                kind: "warning",
                name: "viec",
                value: "tam-ngung",
              },
        ],
      },
    },
  };
}

/** Everything about one procedure: where it stands, its versions, its manuscript, what was done to it. */
export function overviewPage(
  overview: ProcedureOverview,
  {
    name,
    now,
    standing,
    errors = [],
  }: { name: string; now: Date; standing: { tag: Tag; block: Block | null }; errors?: readonly Link[] },
  t: Translate,
): BlocksPage {
  const { code, manuscript } = overview;
  const say = (key: "published" | "suspended" | "restored", params: object) =>
    t(`authoring.publish.events.${key}`, params as Record<string, string>);
  return procedurePage(
    {
      title: name,
      caption: code,
      tag: standing.tag,
      errors,
      back: toList(t),
      blocks: [
        {
          title: t("authoring.publish.procedure.manuscript"),
          parts: [
            part("components/inset-text", {
              text: manuscript
                ? t("authoring.publish.procedure.manuscriptOpen", { at: formatDateTime(manuscript.changedAt) })
                : t("authoring.publish.procedure.manuscriptNone"),
            }),
          ],
          ...(manuscript
            ? { links: [{ text: t("authoring.publish.procedure.continue"), href: paths.manuscript(manuscript.id) }] }
            : {
                form: { action: paths.begin(code), buttons: [{ text: t("authoring.publish.procedure.begin") }] },
              }),
        },
        {
          title: t("authoring.publish.procedure.offerings"),
          parts: [
            part("components/inset-text", {
              text: t("authoring.publish.procedure.offeringsCount", { count: formatNumber(overview.offered) }),
            }),
          ],
          links: [
            { text: t("admin.offerings.title"), href: adminPaths.offeringsOf(code) },
            {
              text: t("authoring.publish.procedure.publicPage"),
              href: procedurePaths.procedure(code),
              kind: "secondary",
            },
          ],
        },
        {
          id: "phien-ban",
          title: t("authoring.publish.procedure.versions"),
          parts: overview.versions.map((version) => versionCard(version, overview, now, t)),
        },
        ...(standing.block ? [standing.block] : []),
        ...(overview.events.length > 0
          ? [
              {
                id: "lich-su",
                title: t("authoring.publish.procedure.history"),
                parts: [
                  part("components/timeline", {
                    headingLevel: 3,
                    items: overview.events.map(({ at, byName, did, reason, params }) => ({
                      title: say(did as "published", params),
                      at: formatDateTime(at),
                      datetime: at.toISOString(),
                      by: byName,
                      text: reason,
                    })),
                  }),
                ],
              },
            ]
          : []),
      ],
    },
    t,
  );
}

/** The parts of a manuscript as tasks, with what each still lacks. */
export function manuscriptPage(manuscript: Manuscript, t: Translate): BlocksPage {
  const { id, code, sketch, state } = manuscript;
  const problems = problemsOf(sketch);
  const statusOf = (section: (typeof sections)[number]): Tag => {
    const count = problems.filter((problem) => problem.section === section).length;
    return count > 0
      ? { text: t("authoring.publish.overview.problems", { count }), tone: "waiting" }
      : { text: t("authoring.publish.overview.ready"), tone: "done" };
  };
  const framed = framedPage(
    manuscript,
    null,
    {
      title: sketch.name.vi || code,
      lead: state === "open" ? t("authoring.publish.overview.lead") : t(`authoring.publish.overview.${state}`),
      back: { href: paths.procedures, text: t("authoring.publish.procedure.back") },
    },
    t,
  );
  const links = problemLinks(manuscript, null, t);
  return {
    ...framed,
    blocks: [
      {
        title: t("authoring.publish.overview.tasks"),
        parts: [
          part("components/task-list", {
            label: t("authoring.publish.overview.tasks"),
            items: sections.map((section) => ({
              title: t(`authoring.sections.${section}`),
              href: paths.part(id, section),
              status: statusOf(section),
            })),
          }),
        ],
        links: [
          ...(state === "open"
            ? [
                { text: t("authoring.publish.overview.publish"), href: paths.publish(id) },
                { text: t("authoring.trial.link"), href: paths.trial(id), kind: "secondary" as const },
              ]
            : []),
          { text: t("authoring.publish.overview.history"), href: paths.history(id), kind: "secondary" as const },
          ...(state === "open"
            ? [{ text: t("authoring.publish.overview.discard"), href: paths.discard(id), kind: "secondary" as const }]
            : []),
          ...(manuscript.basedOnId !== null || state === "published"
            ? [
                {
                  text: t("authoring.publish.overview.toProcedure", { code }),
                  href: paths.procedure(code),
                  kind: "secondary" as const,
                },
              ]
            : []),
        ],
      },
      ...(links.length > 0
        ? [
            {
              id: "can-sua",
              title: t("authoring.publish.overview.wrong"),
              parts: [part("authoring/_links", { links })],
            },
          ]
        : []),
    ],
  };
}
declare module "#platform/render.ts" {
  interface Views {
    "authoring/_links": { links: readonly Link[] };
  }
}

/** What was done to a manuscript, the newest first; any of it can be gone back to. */
export function historyPage(manuscript: Manuscript, changes: readonly Change[], t: Translate): BlocksPage {
  const { id, version, state } = manuscript;
  const framed = framedPage(
    manuscript,
    null,
    { title: t("authoring.publish.history.title"), lead: t("authoring.publish.history.lead") },
    t,
  );
  return {
    ...framed,
    blocks: changes.map((change) => ({
      id: `so-${change.number}`,
      parts: [
        part("components/timeline", {
          items: [
            {
              title: t("authoring.publish.history.change", { number: change.number, did: saidOf(change, t) }),
              at: formatDateTime(change.at),
              datetime: change.at.toISOString(),
              by: change.byName,
              ...(change.number === version
                ? { tag: { text: t("authoring.publish.history.now"), tone: "neutral" as const } }
                : {}),
            },
          ],
        }),
      ],
      ...(change.number !== version && state === "open"
        ? {
            form: {
              action: paths.history(id),
              hidden: [
                { name: "seen", value: framed.seen },
                { name: "number", value: String(change.number) },
              ],
              buttons: [
                {
                  text: t("authoring.publish.history.restore"),
                  kind: "secondary" as const,
                  about: t("authoring.publish.history.about", { number: change.number }),
                },
              ],
            },
          }
        : {}),
    })),
  };
}

/** Asks once more before a manuscript is put away. */
export const discardPage = (manuscript: Manuscript, t: Translate): BlocksPage => ({
  ...framedPage(manuscript, null, { title: t("authoring.publish.discard.title") }, t),
  blocks: [
    {
      parts: [part("components/warning-text", { text: t("authoring.publish.discard.text") })],
      form: {
        action: paths.discard(manuscript.id),
        buttons: [{ text: t("authoring.publish.discard.confirm"), kind: "warning" }],
      },
    },
  ],
});
