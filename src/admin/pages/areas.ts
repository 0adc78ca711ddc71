import { part } from "#platform/components.ts";
import { formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import type { AreaDifference, Areas } from "../queries/areas.ts";
import { type AdminPage, adminPage, formPart, section, tablePart, text } from "./parts.ts";

const MOST_BYTES = 5 * 1024 * 1024;
const MOST_SHOWN = 50;

/** Provinces and communes as they are stored, and the file that would change them. */
export function areasPage(
  areas: Areas,
  { q, fault, difference }: { q: string; fault?: string; difference?: AreaDifference },
  t: Translate,
): AdminPage {
  const n = formatNumber;
  const counted =
    difference &&
    t("admin.areas.read", {
      provinces: n(difference.provinces),
      communes: n(difference.communes),
      added: n(difference.added),
      changed: n(difference.changed.length),
      same: n(difference.same),
      missing: n(difference.missing),
    });
  return adminPage(
    {
      title: t("admin.areas.title"),
      lead: t("admin.areas.lead"),
      back: { href: paths.agencies, text: t("admin.agency.back") },
      sections: adminSections(paths.agencies, t),
      parts: [
        text(t("admin.areas.count", { provinces: n(areas.provinces), communes: n(areas.communes) })),
        ...(difference && counted
          ? [
              text([counted, t("admin.areas.again")], "info"),
              ...(difference.changed.length > 0
                ? [
                    section(
                      t("admin.areas.changes"),
                      tablePart(
                        {
                          caption: t("admin.areas.changes"),
                          head: [
                            { text: t("admin.areas.code") },
                            { text: t("admin.areas.before") },
                            { text: t("admin.areas.after") },
                          ],
                          rows: difference.changed.slice(0, MOST_SHOWN).map(({ code, before, after }) => ({
                            cells: [{ text: code }, { text: before }, { text: after }],
                          })),
                        },
                        "",
                      ),
                    ),
                  ]
                : []),
            ]
          : []),
        formPart({
          action: paths.areas,
          hasFiles: true,
          parts: [
            part("components/file-upload", {
              name: "file",
              label: t("admin.areas.file"),
              limit: t("admin.areas.fileLimit"),
              maxBytes: MOST_BYTES,
              tooLarge: t("admin.errors.fileTooLarge"),
              accept: ".json,application/json",
              error: fault ?? null,
            }),
          ],
          buttons: [
            { text: t("admin.areas.preview"), kind: "secondary", name: "act", value: "preview" },
            ...(difference ? [{ text: t("admin.areas.apply"), name: "act", value: "apply" }] : []),
          ],
        }),
        part("components/search-box", {
          action: paths.areas,
          name: "q",
          label: t("admin.areas.search"),
          value: q,
          button: t("admin.agencies.find"),
        }),
        ...tablePart(
          {
            caption: t("admin.areas.title"),
            head: [
              { text: t("admin.areas.title") },
              { text: t("admin.areas.code") },
              { text: t("admin.areas.province") },
              { text: t("admin.areas.communes"), numeric: true },
            ],
            rows: areas.rows.map(({ code, fullName, parent, communes }) => ({
              cells: [
                { text: fullName },
                { text: code },
                { text: parent ?? "" },
                { text: communes > 0 ? n(communes) : "", numeric: true },
              ],
            })),
          },
          t("admin.areas.none"),
        ),
      ],
    },
    t,
  );
}
