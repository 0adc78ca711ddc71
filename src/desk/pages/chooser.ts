import { paths as cashPaths } from "#cash/paths.ts";
import { paths as companyPaths } from "#companies/paths.ts";
import { paths as digitisingPaths } from "#digitising/paths.ts";
import type { Input, PageHeading } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import type { ProcedureDefinition } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { EarlierHere } from "../queries/person.ts";
import { type Met, type PersonHere, personHere } from "./person.ts";

type OfferedLine = { code: string; name: string; agencyId: string };
type OfferedList = {
  title: string;
  action: string;
  items: readonly {
    name: string;
    note: string;
    href: string;
    favour: { code: string; keep: string; text: string; about: string };
  }[];
};

type Chooser = Page & {
  heading: PageHeading;
  action: string;
  person: PersonHere | null;
  asked: readonly Input[];
  start: string;
  tools: { label: string; items: readonly { text: string; href: string }[] };
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
    favourites: readonly OfferedLine[];
    person: Met | null;
    earlier: readonly EarlierHere[];
    agencyName: (id: string) => string;
    desks: number;
  },
  t: Translate,
): Chooser {
  const { q, rows, isMore, recent, favourites, agencyName, desks, person, earlier } = given;
  const kept = new Set(favourites.map(({ code }) => code));
  const isOneOfMany = desks > 1;
  const items = (lines: readonly OfferedLine[]) =>
    lines.map(({ code, name, agencyId }) => ({
      name,
      note: isOneOfMany ? `${code} · ${agencyName(agencyId)}` : code,
      href: paths.register(code, { "co-quan": isOneOfMany ? agencyId : null }),
      favour: kept.has(code)
        ? { code, keep: "0", text: t("desk.intake.drop"), about: t("desk.intake.dropAbout", { name }) }
        : { code, keep: "1", text: t("desk.intake.keep"), about: t("desk.intake.keepAbout", { name }) },
    }));
  const list = (title: string, lines: readonly OfferedLine[]): OfferedList[] =>
    lines.length > 0 ? [{ title, action: paths.favourites, items: items(lines) }] : [];
  return {
    title: t("desk.counter.title"),
    width: "wide",
    heading: { title: t("desk.counter.title"), lead: t("desk.counter.lead") },
    action: paths.counter,
    person: person && personHere(person, earlier, t),
    asked: [
      {
        name: "nguoi",
        label: t("desk.intake.person.label"),
        hint: t("desk.intake.person.hint"),
        maxLength: 500,
        verbatim: true,
        autocomplete: "off",
      },
      {
        name: "thu-tuc",
        label: t("desk.counter.search"),
        hint: t("desk.counter.searchHint"),
        value: q,
        maxLength: 200,
        verbatim: true,
        autocomplete: "off",
      },
    ],
    start: t("desk.intake.start"),
    tools: {
      label: t("desk.intake.tools"),
      items: [
        { text: t("desk.returning.title"), href: paths.returning },
        { text: t("desk.handing.nav"), href: paths.handing },
        { text: t("desk.returning.posting.title"), href: paths.posting },
        { text: t("cash.drawer.title"), href: cashPaths.drawer },
        { text: t("digitising.search.title"), href: digitisingPaths.search },
        // Others than the desk may not confirm anybody.
        ...(desks > 0 ? [{ text: t("companies.desk.title"), href: companyPaths.desk }] : []),
      ],
    },
    lists: [
      ...(q === "" ? list(t("desk.intake.favourites"), favourites) : []),
      ...(q === "" ? list(t("desk.counter.recent"), recent) : []),
      ...list(q === "" ? t("desk.counter.all") : t("desk.counter.found", { q }), rows),
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
