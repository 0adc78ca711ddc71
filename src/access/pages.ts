import type { adminSections } from "#admin/index.ts";
import { eventKey, moves } from "#dossiers/rules.ts";
import type { Button, EmptyState, InsetText, SearchBox, SubNavigation, Table } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "./paths.ts";
import type { Holder } from "./queries.ts";
import { MATRIX, mayDo, ROLES, type Role, type Verb } from "./rules.ts";

export type MatrixPage = Page & {
  sections: SubNavigation;
  lead: string;
  search: SearchBox;
  person: {
    title: string;
    note: InsetText | null;
    table: Table | null;
    end: { action: string; username: string; button: Button };
    /** For who lost their second step. */
    clear: { text: string; action: string; username: string; button: Button } | null;
  } | null;
  empty: EmptyState | null;
  separation: InsetText;
  matrix: Table;
};

declare module "#platform/render.ts" {
  interface Views {
    "access/matrix": MatrixPage;
  }
}

const roleName = (role: Role, t: Translate): string =>
  role === "citizen" || role === "auditor" || role === "admin"
    ? t(`access.roles.${role}`)
    : t(`workflow.roles.${role}`);

const verbName = (verb: Verb, t: Translate): string =>
  "move" in verb ? t(`dossiers.event.${eventKey(moves[verb.move].event)}`) : t(`access.doings.${verb.doing}`);

/** @param asked what was searched for; @param holder null: nobody of that name */
export function matrixPage(
  asked: string,
  holder: Holder | null,
  sections: ReturnType<typeof adminSections>,
  t: Translate,
): MatrixPage {
  const may = holder ? mayDo(holder.held) : [];
  return {
    title: t("access.title"),
    width: "wide",
    sections,
    lead: t("access.lead"),
    search: {
      action: paths.matrix,
      name: "nguoi",
      label: t("access.person"),
      value: asked,
      button: t("access.show"),
      verbatim: true,
    },
    person: holder && {
      title: t("access.of", { name: holder.name, username: holder.username }),
      end: {
        action: paths.endSessions,
        username: holder.username,
        button: { text: t("access.end"), kind: "secondary" },
      },
      clear: holder.hasFactor
        ? {
            text: t("access.clearText"),
            action: paths.clearFactors,
            username: holder.username,
            button: { text: t("access.clear"), kind: "warning" },
          }
        : null,
      note: holder.isDisabled
        ? { text: t("access.disabled"), tone: "warning" }
        : may.length === 0
          ? { text: t("access.nothing"), tone: "info" }
          : null,
      table:
        may.length === 0
          ? null
          : {
              caption: t("access.title"),
              hideCaption: true,
              head: [{ text: t("access.verb") }, { text: t("access.because") }, { text: t("access.limits") }],
              rows: may.map(({ verb, by, because }) => ({
                cells: [
                  { text: verbName(verb, t) },
                  {
                    text: because
                      .map(({ role, agency }) => [roleName(role, t), agency].filter(Boolean).join(", "))
                      .join("; "),
                  },
                  { text: t(`access.by.${by ?? "duty"}`) },
                ],
              })),
            },
    },
    empty: asked && !holder ? { title: t("access.nobody") } : null,
    separation: { text: t("access.separation"), tone: "info" },
    matrix: {
      caption: t("access.matrix"),
      head: [
        { text: t("access.verb") },
        ...ROLES.map((role) => ({ text: roleName(role, t) })),
        { text: t("access.limits") },
      ],
      rows: MATRIX.map(({ verb, by, roles }) => ({
        cells: [
          { text: verbName(verb, t) },
          ...ROLES.map((role) => ({ text: roles.includes(role) ? t("access.yes") : "" })),
          { text: t(`access.by.${by ?? "duty"}`) },
        ],
      })),
    },
  };
}
