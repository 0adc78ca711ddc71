import {
  filledIn,
  ownWording,
  placesOf,
  SAMPLE,
  WORDINGS,
  type Wording,
  type WordingName,
  type WordingVersion,
} from "#notifications/index.ts";
import { errorText, part } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { BlocksPage } from "./blocks.ts";
import { procedurePage } from "./publish.ts";

/** Every mail, by what it says. */
export const mailsPage = (changed: ReadonlySet<string>, t: Translate): BlocksPage =>
  procedurePage(
    {
      title: t("authoring.mails.title"),
      lead: t("authoring.mails.lead"),
      back: { href: paths.procedures, text: t("authoring.publish.procedure.back") },
      blocks: [
        {
          parts: [
            part("components/table", {
              caption: t("authoring.mails.title"),
              hideCaption: true,
              head: [{ text: t("authoring.mails.name") }, { text: t("authoring.mails.state") }],
              rows: WORDINGS.map((name) => ({
                cells: [
                  { text: ownWording(name).titleVi, href: paths.mail(name) },
                  { text: changed.has(name) ? t("authoring.mails.changed") : t("authoring.mails.own") },
                ],
              })),
            }),
          ],
        },
      ],
    },
    t,
  );

const KEYS = ["titleVi", "textVi", "titleEn", "textEn"] as const;

/** One mail: its words, what they become, and what they were. */
export function mailPage(
  name: WordingName,
  {
    words,
    versions,
    form,
    isPreview,
  }: { words: Wording; versions: readonly WordingVersion[]; form: Form; isPreview: boolean },
  t: Translate,
): BlocksPage {
  const value = (key: (typeof KEYS)[number]): string => (key in form.values ? shown(form, key) : words[key]);
  const places = placesOf(name).map((place) => `{{${place}}}`);
  const seen = String(versions[0]?.number ?? 0);
  return procedurePage(
    {
      title: t("authoring.mails.edit"),
      caption: ownWording(name).titleVi,
      lead:
        places.length > 0 ? t("authoring.mails.places", { names: places.join(", ") }) : t("authoring.mails.noPlaces"),
      back: { href: paths.mails, text: t("authoring.mails.title") },
      errors: Object.entries(form.errors).map(([key, error]) => ({
        text: t(error.key, error.params),
        href: `#${key}`,
      })),
      blocks: [
        {
          form: {
            action: paths.mail(name),
            hidden: [{ name: "seen", value: seen }],
            parts: KEYS.map((key) =>
              part(key.startsWith("title") ? "components/input" : "components/textarea", {
                name: key,
                label: t(`authoring.mails.${key}`),
                value: value(key),
                error: errorText(form.errors, key, t),
              }),
            ),
            buttons: [
              { text: t("authoring.mails.preview"), name: "viec", value: "xem", kind: "secondary" },
              { text: t("authoring.mails.save"), name: "viec", value: "luu" },
              ...(versions[0] && versions[0].titleVi !== ""
                ? [{ text: t("authoring.mails.back"), name: "viec", value: "cua-cong", kind: "secondary" as const }]
                : []),
            ],
          },
        },
        ...(isPreview
          ? [
              {
                id: "xem-thu",
                title: t("authoring.mails.previewTitle"),
                parts: [
                  part("components/inset-text", {
                    text: [filledIn(value("titleVi"), SAMPLE), filledIn(value("textVi"), SAMPLE)],
                  }),
                  part("components/inset-text", {
                    text: [filledIn(value("titleEn"), SAMPLE), filledIn(value("textEn"), SAMPLE)],
                  }),
                ],
              },
            ]
          : []),
        ...versions.map((version, at) => ({
          ...(at === 0 ? { id: "lich-su", title: t("authoring.mails.history") } : {}),
          parts: [
            part("components/timeline", {
              headingLevel: 3 as const,
              items: [
                {
                  title: t("authoring.mails.version", { number: version.number }),
                  at: formatDateTime(version.at),
                  datetime: version.at.toISOString(),
                  by: version.byName,
                  text: version.titleVi === "" ? t("authoring.mails.own") : `${version.titleVi}. ${version.textVi}`,
                  ...(version.stands ? { tag: { text: t("authoring.mails.stands"), tone: "done" as const } } : {}),
                },
              ],
            }),
          ],
          ...(version.stands
            ? {}
            : {
                form: {
                  action: paths.mail(name),
                  hidden: [
                    { name: "seen", value: seen },
                    ...KEYS.map((key) => ({ name: key, value: version[key] })),
                    { name: "viec", value: version.titleVi === "" ? "cua-cong" : "luu" },
                  ],
                  buttons: [
                    {
                      text: t("authoring.mails.restore"),
                      kind: "secondary" as const,
                      about: t("authoring.mails.about", { number: version.number }),
                    },
                  ],
                },
              }),
        })),
      ],
    },
    t,
  );
}
