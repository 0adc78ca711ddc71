import type { Button, PageHeading, Select } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Assignment, findAreas, Rule } from "../queries/assignment.ts";

type Hidden = { name: string; value: string };
type RuleForm = {
  title: string;
  note: string;
  hidden: readonly Hidden[];
  controls: readonly Select[];
  button: Button;
  areas: { href: string; text: string } | null;
};
type Rules = Page & {
  heading: PageHeading;
  action: string;
  agencies: readonly { name: string; forms: readonly RuleForm[] }[];
};
type Areas = Page & { heading: PageHeading; action: string; controls: readonly Select[]; button: Button };
declare module "#platform/render.ts" {
  interface Views {
    "desk/assignment": Rules;
    "desk/areas": Areas;
  }
}

const METHODS = ["turn", "load", "area"] as const;

/** How work is given out at each agency that the officer leads. */
export function assignmentPage({ agencies, rules, holders, steps }: Assignment, t: Translate): Rules {
  const title = t("desk.assignment.title");
  const method = (id: string, rule: Rule | undefined): Select => ({
    name: "method",
    id,
    label: t("desk.assignment.method"),
    value: rule?.method ?? "",
    placeholder: t("desk.assignment.byHand"),
    items: METHODS.map((value) => ({ value, text: t(`desk.assignment.methods.${value}`) })),
  });
  const areasOf = (rule: Rule | undefined) =>
    rule?.method === "area" ? { href: paths.areas(rule.id), text: t("desk.assignment.areas") } : null;
  const button: Button = { text: t("desk.assignment.save"), kind: "secondary" };
  const formsOf = (agencyId: string): RuleForm[] => {
    const own = rules.filter((rule) => rule.agencyId === agencyId);
    const here = holders.filter((holder) => holder.agencyId === agencyId);
    const roles = [...new Set(here.map(({ role }) => role))].sort();
    const ofRoles = roles.map((role): RuleForm => {
      const rule = own.find((one) => one.role === role && one.stepId === null);
      const names = here.filter((holder) => holder.role === role).map(({ name }) => name);
      return {
        title: t(`workflow.roles.${role as "desk"}`),
        note: names.join(", "),
        hidden: [
          { name: "agencyId", value: agencyId },
          { name: "role", value: role },
        ],
        controls: [method(`${agencyId}-${role}`, rule)],
        button,
        areas: areasOf(rule),
      };
    });
    const nameOf = (rule: Rule) =>
      steps.find((step) => step.stepId === rule.stepId && step.procedureId === rule.procedureId)?.name ??
      rule.stepId ??
      "";
    const ofSteps = own
      .filter(({ stepId }) => stepId !== null)
      .map(
        (rule): RuleForm => ({
          title: nameOf(rule),
          note: t(`workflow.roles.${rule.role as "desk"}`),
          hidden: [
            { name: "agencyId", value: agencyId },
            { name: "role", value: rule.role },
            { name: "step", value: `${rule.procedureId} ${rule.stepId} ${rule.role}` },
          ],
          controls: [method(rule.id, rule)],
          button,
          areas: areasOf(rule),
        }),
      );
    const more: RuleForm = {
      title: t("desk.assignment.oneStep"),
      note: t("desk.assignment.oneStepNote"),
      hidden: [
        { name: "agencyId", value: agencyId },
        { name: "role", value: "" },
      ],
      controls: [
        {
          name: "step",
          id: `${agencyId}-step`,
          label: t("desk.assignment.step"),
          placeholder: t("desk.assignment.chooseStep"),
          items: steps
            .filter(({ role }) => roles.includes(role))
            .map((step) => ({ value: `${step.procedureId} ${step.stepId} ${step.role}`, text: step.name })),
        },
        method(`${agencyId}-new`, undefined),
      ],
      button,
      areas: null,
    };
    return [...ofRoles, ...ofSteps, more];
  };
  return {
    title,
    back: { href: paths.worklist, text: t("desk.show.back") },
    heading: { title, lead: t("desk.assignment.lead") },
    action: paths.assignment,
    agencies: agencies.map(({ id, name }) => ({ name, forms: formsOf(id) })),
  };
}

/** Whose each commune is. */
export function areasPage({ rule, communes, holders }: Awaited<ReturnType<typeof findAreas>>, t: Translate): Areas {
  const title = t("desk.assignment.areasTitle");
  const whose = new Map(rule.areas.map(({ communeCode, accountId }) => [communeCode, accountId]));
  return {
    title,
    back: { href: paths.assignment, text: t("desk.assignment.title") },
    heading: { title, caption: rule.agency.name, lead: t("desk.assignment.areasLead") },
    action: paths.areas(rule.id),
    controls: communes.map(({ value, text }) => ({
      name: `xa-${value}`,
      label: text,
      value: whose.get(value) ?? "",
      placeholder: t("desk.assignment.leastLoaded"),
      items: holders.map(({ accountId, name }) => ({ value: accountId, text: name })),
    })),
    button: { text: t("desk.assignment.save") },
  };
}
