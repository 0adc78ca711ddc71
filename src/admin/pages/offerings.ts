import { paths as authoringPaths } from "#authoring/paths.ts";
import { type Part, part } from "#platform/components.ts";
import type { Admin } from "#platform/context.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { CHANNELS, GROUPS } from "../inputs.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import { OFFERED_A_PAGE, type OfferedPage, type OfferingsOf } from "../queries/offerings.ts";
import { agencyItems } from "./agencies.ts";
import {
  type AdminPage,
  adminPage,
  controls,
  dayText,
  formPart,
  pagesPart,
  section,
  tablePart,
  text,
} from "./parts.ts";

/** Configured procedures, each with how many agencies take it in. */
export function offeringListPage(listed: OfferedPage, q: string, admin: Admin, t: Translate): AdminPage {
  return adminPage(
    {
      title: t("admin.offerings.title"),
      lead: t("admin.offerings.lead"),
      sections: adminSections(paths.offerings, t, admin),
      parts: [
        part("components/search-box", {
          action: paths.offerings,
          name: "q",
          label: t("admin.offerings.search"),
          value: q,
          button: t("admin.agencies.find"),
        }),
        ...tablePart(
          {
            caption: t("admin.offerings.caption"),
            head: [
              { text: t("admin.procedures.name") },
              { text: t("admin.procedures.code") },
              { text: t("admin.offerings.count"), numeric: true },
            ],
            rows: listed.rows.map(({ code, name, offered }) => ({
              cells: [
                { text: name, href: paths.offeringsOf(code) },
                { text: code },
                { text: formatNumber(offered), numeric: true },
              ],
            })),
          },
          t("admin.offerings.none"),
        ),
        ...pagesPart(paths.offerings, { q }, listed, OFFERED_A_PAGE, t),
      ],
    },
    t,
  );
}

const listed = (form: Form, name: string): string[] => {
  const value = form.values[name];
  return Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
};

function placesTable({ rows }: OfferingsOf, t: Translate): Part[] {
  if (rows.length === 0) return [text(t("admin.offerings.nowhere"), "warning")];
  const short = rows.filter(({ gaps }) => gaps.length > 0).length;
  return [
    short === 0
      ? text(t("admin.offerings.staffedAll"))
      : text(
          t("admin.offerings.staffedGaps", { count: formatNumber(short), total: formatNumber(rows.length) }),
          "warning",
        ),
    ...tablePart(
      {
        caption: t("admin.offerings.places"),
        head: [
          { text: t("admin.offerings.agency") },
          { text: t("admin.offerings.competent") },
          { text: t("admin.offerings.channels") },
          { text: t("admin.offerings.from") },
          { text: t("admin.offerings.to") },
          { text: t("admin.offerings.staffed") },
        ],
        rows: rows.map((row) => ({
          cells: [
            { text: row.name, href: row.isKept ? paths.agency(row.agencyId) : null },
            { text: row.competent ?? t("admin.offerings.itself") },
            { text: row.channels.map((one) => t(`admin.channels.${one as "online"}`)).join(", ") },
            { text: dayText(row.validFrom) },
            { text: row.validTo ? dayText(row.validTo) : t("admin.person.noEnd") },
            row.gaps.length === 0
              ? { text: "", tag: { text: t("admin.offerings.complete"), tone: "done" as const } }
              : {
                  text: "",
                  tag: { text: t("admin.offerings.missing"), tone: "waiting" as const },
                  note: row.isEmpty
                    ? t("admin.offerings.missingAll")
                    : t("admin.offerings.missingAt", { steps: row.gaps.join("; ") }),
                },
          ],
        })),
      },
      "",
    ),
  ];
}

function addForm({ code, agencies }: OfferingsOf, form: Form, isOpen: boolean, t: Translate): Part {
  const c = controls(form, t);
  const count = (kind: string): string => formatNumber(agencies.filter((one) => one.kind === kind).length);
  const channels = form.errors["channels"];
  const chosen = form.errors["agencies"];
  return formPart({
    id: "giao",
    folded: t("admin.offerings.add"),
    open: isOpen,
    action: paths.offeringsOf(code),
    grid: true,
    parts: [
      c.select(
        "group",
        "admin.offerings.group",
        GROUPS.map((value) => ({
          value,
          text: t(`admin.offerings.groups.${value}`, value === "chosen" ? {} : { count: count(value) }),
        })),
      ),
      c.select(
        "competent",
        "admin.offerings.competent",
        [
          { value: "receiving", text: t("admin.offerings.receiving") },
          { value: "parent", text: t("admin.offerings.parent") },
          ...agencyItems(agencies.filter(({ level }) => level !== "commune")),
        ],
        { hint: t("admin.offerings.competentHint") },
      ),
      part("components/checkboxes", {
        name: "channels",
        label: t("admin.offerings.channels"),
        small: true,
        values: listed(form, "channels"),
        items: CHANNELS.map((value) => ({ value, text: t(`admin.channels.${value}`) })),
        error: channels ? t(channels.key) : null,
      }),
      c.day("validFrom", "admin.offerings.validFrom"),
      c.day("validTo", "admin.offerings.validTo", { hint: t("admin.offerings.validToHint") }),
      c.input("reason", "admin.offerings.reason"),
    ],
    below: [
      part("admin/_choices", {
        control: {
          name: "agencies",
          label: t("admin.offerings.choose"),
          small: true,
          values: listed(form, "agencies"),
          items: agencies.map(({ id, name }) => ({ value: id, text: name })),
          error: chosen ? t(chosen.key) : null,
        },
      }),
    ],
    buttons: [{ text: t("admin.offerings.addButton") }],
  });
}
declare module "#platform/render.ts" {
  interface Views {
    "admin/_choices": { control: Parameters<typeof part<"components/checkboxes">>[1] };
  }
}

function endForm({ code, rows }: OfferingsOf, form: Form, isOpen: boolean, t: Translate): Part[] {
  const kept = rows.filter(({ isKept }) => isKept);
  if (kept.length === 0) return [];
  const c = controls(form, t, "thoi");
  const ending = form.errors["ending"];
  return [
    formPart({
      folded: t("admin.offerings.end"),
      open: isOpen,
      action: paths.endOfferings(code),
      lead: t("admin.offerings.endLead"),
      grid: true,
      parts: [c.day("lastDay", "admin.offerings.lastDay"), c.input("reason", "admin.offerings.reason")],
      below: [
        part("admin/_choices", {
          control: {
            name: "ending",
            label: t("admin.offerings.endChoose"),
            small: true,
            values: listed(form, "ending"),
            items: kept.map(({ agencyId, name, validFrom }) => ({
              value: agencyId,
              text: `${name} (${t("admin.offerings.from")} ${dayText(validFrom)})`,
            })),
            error: ending ? t(ending.key) : null,
          },
        }),
      ],
      buttons: [{ text: t("admin.offerings.endButton"), kind: "warning" }],
    }),
  ];
}

/** Where one procedure is taken in, who decides, whether somebody is there; and the forms that change it. */
export function offeringsPage(
  offerings: OfferingsOf,
  { adding, ending }: { adding: Form; ending: Form },
  admin: Admin,
  t: Translate,
): AdminPage {
  const { code, version, events, rows } = offerings;
  const name = version?.definition.name.vi ?? code;
  const wrong = Object.keys(adding.errors).length > 0 ? adding : Object.keys(ending.errors).length > 0 ? ending : null;
  return adminPage(
    {
      title: name,
      caption: code,
      back: { href: paths.offerings, text: t("admin.offerings.back") },
      ...(wrong ? { form: wrong } : {}),
      sections: adminSections(paths.offerings, t, admin),
      parts: [
        ...(admin.agencyId === undefined
          ? [
              part("components/link-button", {
                text: t("admin.offerings.editor"),
                href: authoringPaths.procedure(code),
                kind: "secondary",
              }),
            ]
          : []),
        addForm(offerings, adding, rows.length === 0 || wrong === adding || shown(adding, "group") !== "chosen", t),
        ...endForm(offerings, ending, wrong === ending, t),
        section(t("admin.offerings.places"), placesTable(offerings, t), { id: "noi-tiep-nhan" }),
        ...(events.length > 0
          ? [
              section(
                t("admin.offerings.history"),
                [
                  part("admin/_history", {
                    items: events.map((event, i) => {
                      const title = t(`admin.offerings.did.${event.did as "offered"}`, {
                        count: formatNumber(event.count),
                        names: event.names,
                      });
                      return {
                        title,
                        at: formatDateTime(event.at),
                        datetime: event.at.toISOString(),
                        by: event.byName ?? t("admin.history.portal"),
                        lines: event.reason ? [t("admin.history.reason", { reason: event.reason })] : [],
                        tag: null,
                        undo:
                          i === 0 && event.mayUndo
                            ? {
                                action: paths.undoOfferings(code),
                                text: t("admin.offerings.undo"),
                                about: title,
                                hidden: [{ name: "event", value: event.id }],
                              }
                            : null,
                        why: null,
                      };
                    }),
                  }),
                ],
                { id: "lich-su" },
              ),
            ]
          : []),
      ],
    },
    t,
  );
}
