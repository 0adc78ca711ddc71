import { paths as documentPaths } from "#documents/paths.ts";
import type { Texts, WordingVersion } from "#lists/index.ts";
import { errorText, type Part, part } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import { wordings } from "../messages/wordings.ts";
import { paths } from "../paths.ts";
import type { Passage, Worded, WordingSet } from "../rules/wordings.ts";
import type { BlocksPage } from "./blocks.ts";
import { procedurePage } from "./publish.ts";

/** Papers are worded beside their forms. */
const sectionOf = (set: WordingSet) => (set === "papers" ? { section: documentPaths.forms } : {});

/** Every mail, or every paper, and whether somebody worded it anew. */
export const wordingsPage = (
  set: WordingSet,
  all: readonly Worded[],
  kept: ReadonlyMap<string, Texts>,
  t: Translate,
): BlocksPage =>
  procedurePage(
    {
      ...sectionOf(set),
      title: t(`authoring.wordings.${set}.title`),
      lead: t(`authoring.wordings.${set}.lead`),
      back: { href: paths.procedures, text: t("authoring.publish.procedure.back") },
      blocks: [...new Set(all.map(({ group }) => group))].map((group) => ({
        parts: [
          part("components/table", {
            caption: group ?? t(`authoring.wordings.${set}.title`),
            hideCaption: group === undefined,
            head: [{ text: t(`authoring.wordings.${set}.name`) }, { text: t("authoring.wordings.state") }],
            rows: all
              .filter((one) => one.group === group)
              .map(({ kind, name, title, note }) => ({
                cells: [
                  { text: title, href: paths.wording(set, name), ...(note ? { note } : {}) },
                  {
                    text: t(
                      Object.keys(kept.get(kind) ?? {}).length > 0
                        ? "authoring.wordings.changed"
                        : "authoring.wordings.own",
                    ),
                  },
                ],
              })),
          }),
        ],
      })),
    },
    t,
  );

const labelOf = ({ name }: Passage, t: Translate): string => t(`authoring.wordings.passages.${name}` as MessageKey);

/** A place as it is typed, and what comes there. */
function placeText(place: string, { placeNames }: Worded, t: Translate): string {
  const typed = `{{${place}}}`;
  const known = place in wordings.placeWords ? t(`authoring.wordings.placeWords.${place as "code"}`) : "";
  const words = placeNames?.[place] ?? known;
  return words ? t("authoring.wordings.place", { place: typed, words }) : typed;
}

/** One mail or paper: its words, what they become, and what they were. */
export function wordingPage(
  set: WordingSet,
  worded: Worded,
  { versions, form, preview }: { versions: readonly WordingVersion[]; form: Form; preview: readonly Part[] },
  t: Translate,
): BlocksPage {
  const standing = versions.find(({ stands }) => stands)?.texts ?? {};
  const seen = String(versions[0]?.number ?? 0);
  const action = paths.wording(set, worded.name);
  const isOwn = (texts: Texts): boolean => Object.keys(texts).length === 0;
  const button = (text: string, value: string) => ({ text, name: "viec", value, kind: "secondary" as const });
  return procedurePage(
    {
      ...sectionOf(set),
      title: t(`authoring.wordings.${set}.edit`),
      caption: worded.title,
      lead:
        worded.places.length > 0
          ? t("authoring.wordings.places", {
              names: worded.places.map((place) => placeText(place, worded, t)).join(", "),
            })
          : t("authoring.wordings.noPlaces"),
      back: { href: paths.wordings(set), text: t(`authoring.wordings.${set}.title`) },
      errors: Object.entries(form.errors).map(([key, error]) => ({
        text: t(error.key, error.params),
        href: `#${key}`,
      })),
      blocks: [
        {
          form: {
            action,
            hidden: [{ name: "seen", value: seen }],
            parts: worded.passages.map((passage) =>
              part(passage.long ? "components/textarea" : "components/input", {
                name: passage.name,
                label: labelOf(passage, t),
                required: !passage.optional,
                value:
                  passage.name in form.values ? shown(form, passage.name) : (standing[passage.name] ?? passage.own),
                error: errorText(form.errors, passage.name, t),
              }),
            ),
            buttons: [
              set === "papers"
                ? { ...button(t("authoring.wordings.previewFile"), "xem"), newTab: true }
                : button(t("authoring.wordings.preview"), "xem"),
              { text: t("authoring.wordings.save"), name: "viec", value: "luu" },
              ...(isOwn(standing) ? [] : [button(t("authoring.wordings.back"), "cua-cong")]),
            ],
          },
        },
        ...(preview.length > 0 ? [{ id: "xem-thu", title: t("authoring.wordings.previewTitle"), parts: preview }] : []),
        ...versions.map(({ number, texts, at, byName, stands }, i) => ({
          ...(i === 0 ? { id: "lich-su", title: t("authoring.wordings.history") } : {}),
          parts: [
            part("components/timeline", {
              headingLevel: 3 as const,
              items: [
                {
                  title: t("authoring.wordings.version", { number }),
                  at: formatDateTime(at),
                  datetime: at.toISOString(),
                  by: byName,
                  text: isOwn(texts)
                    ? t("authoring.wordings.own")
                    : worded.passages.flatMap(({ name }) => texts[name] || []).join(" · "),
                  ...(stands ? { tag: { text: t("authoring.wordings.stands"), tone: "done" as const } } : {}),
                },
              ],
            }),
          ],
          ...(stands
            ? {}
            : {
                form: {
                  action,
                  hidden: [
                    { name: "seen", value: seen },
                    ...Object.entries(texts).map(([name, value]) => ({ name, value })),
                    { name: "viec", value: isOwn(texts) ? "cua-cong" : "luu" },
                  ],
                  buttons: [
                    {
                      text: t("authoring.wordings.restore"),
                      kind: "secondary" as const,
                      about: t("authoring.wordings.about", { number }),
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
