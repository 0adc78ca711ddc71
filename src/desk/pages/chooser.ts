import type { PageHeading, SearchBox } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import type { ProcedureDefinition } from "#procedures/index.ts";
import { paths } from "../paths.ts";

type OfferedLine = { code: string; name: string; agencyId: string };
type OfferedList = { title: string; items: readonly { name: string; note: string; href: string }[] };

type Chooser = Page & {
  heading: PageHeading;
  search: SearchBox;
  lists: readonly OfferedList[];
  none: { title: string; text: string } | null;
  more: string | null;
};

type CaseChooser = Page & { heading: PageHeading; legend: string; items: readonly { text: string; href: string }[] };

declare module "#platform/render.ts" {
  interface Views {
    "desk/counter": Chooser;
    "desk/case": CaseChooser;
    "desk/_offered": OfferedList;
  }
}

/** Which procedure somebody came for: what is taken in often first, then all, or what was searched. */
export function chooserPage(
  given: {
    q: string;
    rows: readonly OfferedLine[];
    isMore: boolean;
    recent: readonly OfferedLine[];
    agencyName: (id: string) => string;
    desks: number;
  },
  t: Translate,
): Chooser {
  const { q, rows, isMore, recent, agencyName, desks } = given;
  const isOneOfMany = desks > 1;
  const items = (lines: readonly OfferedLine[]) =>
    lines.map(({ code, name, agencyId }) => ({
      name,
      note: isOneOfMany ? `${code} · ${agencyName(agencyId)}` : code,
      href: paths.register(code, { "co-quan": isOneOfMany ? agencyId : null }),
    }));
  return {
    title: t("desk.counter.title"),
    width: "wide",
    heading: { title: t("desk.counter.title"), lead: t("desk.counter.lead") },
    search: {
      action: paths.counter,
      name: "q",
      id: "procedure",
      label: t("desk.counter.search"),
      hint: t("desk.counter.searchHint"),
      value: q,
      button: t("desk.counter.find"),
      verbatim: true,
    },
    lists: [
      ...(q === "" && recent.length > 0 ? [{ title: t("desk.counter.recent"), items: items(recent) }] : []),
      ...(rows.length > 0
        ? [{ title: q === "" ? t("desk.counter.all") : t("desk.counter.found", { q }), items: items(rows) }]
        : []),
    ],
    none:
      rows.length > 0
        ? null
        : desks === 0
          ? { title: t("desk.counter.notDesk"), text: "" }
          : { title: t("desk.counter.none"), text: t("desk.counter.noneText") },
    more: isMore ? t("desk.counter.more") : null,
  };
}

/** Which case of the procedure it is: papers, fees and time hang on it, so it is asked first. */
export const casePage = (
  definition: Pick<ProcedureDefinition, "code" | "name" | "cases">,
  agencyId: string,
  t: Translate,
): CaseChooser => ({
  title: `${t("desk.counter.chooseCase")}: ${definition.name.vi}`,
  back: { href: paths.counter, text: t("desk.counter.back") },
  heading: { title: definition.name.vi, caption: definition.code },
  legend: t("desk.counter.chooseCase"),
  items: definition.cases.map(({ id, name }) => ({
    text: name.vi,
    href: paths.register(definition.code, { "co-quan": agencyId, "truong-hop": id }),
  })),
});
