import { statusTag } from "#dossiers/rules.ts";
import { type NotificationBanner, part } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { Trial, TrialDossier, TrialPerson } from "../queries/trials.ts";
import type { Manuscript } from "../queries.ts";
import { contentHash } from "../rules.ts";
import type { Block, BlocksPage } from "./blocks.ts";
import { framedPage } from "./frame.ts";
import { problemLinks } from "./problems.ts";
import { stepName } from "./process-words.ts";

/** Stands on top of every page of a trial. */
export const trialBanner = (manuscriptId: string, name: string, t: Translate): NotificationBanner => ({
  kind: "warning",
  title: t("authoring.trial.bannerTitle"),
  text: t("authoring.trial.banner", { name }),
  link: { href: paths.trial(manuscriptId), text: t("authoring.trial.bannerLink") },
});

export type TrialView = { trial: Trial; people: readonly TrialPerson[]; dossiers: readonly TrialDossier[] };

function beginBlock(manuscript: Manuscript, agencies: readonly { id: string; name: string }[], t: Translate): Block {
  if (problemLinks(manuscript, null, t).length > 0)
    return { parts: [part("components/warning-text", { text: t("authoring.trial.problems") })] };
  if (agencies.length === 0)
    return { parts: [part("components/warning-text", { text: t("authoring.trial.nowhere") })] };
  return {
    form: {
      action: paths.trial(manuscript.id),
      parts: [
        part("components/select", {
          name: "co-quan",
          label: t("authoring.trial.agency"),
          hint: t("authoring.trial.beginHint"),
          value: agencies[0]?.id ?? "",
          items: agencies.map(({ id, name }) => ({ value: id, text: name })),
        }),
      ],
      buttons: [{ text: t("authoring.trial.begin") }],
    },
  };
}

function openBlocks({ id, sketch }: Manuscript, { trial, people, dossiers }: TrialView, t: Translate): Block[] {
  const isStale = contentHash(sketch, "tried") !== trial.sha256;
  return [
    {
      parts: [
        part("components/inset-text", {
          text: [
            t("authoring.trial.started", { at: formatDateTime(trial.startedAt) }),
            isStale
              ? t("authoring.trial.stale")
              : trial.finishedAt
                ? t("authoring.trial.finished", { at: formatDateTime(trial.finishedAt) })
                : t("authoring.trial.unfinished"),
          ],
          ...(isStale ? { tone: "warning" as const } : {}),
        }),
      ],
      ...(isStale
        ? {
            form: {
              action: paths.trial(id),
              hidden: [{ name: "co-quan", value: trial.agencyId }],
              buttons: [{ text: t("authoring.trial.again") }],
            },
          }
        : {}),
    },
    {
      id: "vai",
      title: t("authoring.trial.people"),
      parts: [part("components/inset-text", { text: t("authoring.trial.peopleText") })],
      form: {
        action: paths.trialAct(id),
        buttons: people.map(({ accountId, name }, at) => ({
          text: name,
          name: "nguoi",
          value: accountId,
          ...(at > 0 ? { kind: "secondary" as const } : {}),
        })),
      },
    },
    {
      id: "ho-so",
      title: t("authoring.trial.dossiers"),
      parts: [
        dossiers.length === 0
          ? part("components/inset-text", { text: t("authoring.trial.none") })
          : part("components/table", {
              caption: t("authoring.trial.dossiers"),
              hideCaption: true,
              head: [
                { text: t("authoring.trial.dossier") },
                { text: t("authoring.trial.status") },
                { text: t("authoring.trial.waits") },
              ],
              rows: dossiers.map(({ code, reference, status, stepId, role, agencyName }) => ({
                cells: [
                  { text: code ?? reference },
                  { text: statusTag(status as Parameters<typeof statusTag>[0], t).text },
                  {
                    text:
                      stepId && role
                        ? `${stepName(sketch.workflow, stepId, t)} – ${t(`workflow.roles.${role as "desk"}`)}, ${agencyName ?? ""}`
                        : "",
                  },
                ],
              })),
            }),
      ],
    },
    {
      id: "huy",
      title: t("authoring.trial.end"),
      parts: [part("components/inset-text", { text: t("authoring.trial.endText") })],
      form: {
        action: paths.trialEnd(id),
        buttons: [{ text: t("authoring.trial.end"), kind: "warning" }],
      },
    },
  ];
}

/** The trial of a manuscript: how it is begun, whose place may be taken, what was filed, how it is thrown away. */
export function trialPage(
  manuscript: Manuscript,
  open: TrialView | null,
  agencies: readonly { id: string; name: string }[],
  t: Translate,
): BlocksPage {
  return {
    ...framedPage(
      manuscript,
      null,
      {
        title: t("authoring.trial.title"),
        lead: t("authoring.trial.lead"),
        problems: open ? [] : problemLinks(manuscript, null, t),
      },
      t,
    ),
    blocks: open ? openBlocks(manuscript, open, t) : [beginBlock(manuscript, agencies, t)],
  };
}
