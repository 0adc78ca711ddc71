import { type Request, type Response, Router } from "express";
import { listEntries } from "#lists/index.ts";
import { emptyForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { pressedInCondition } from "../inputs/conditions.ts";
import { readMember, readRecord, recordValues } from "../inputs/record.ts";
import { LIST_SLUGS } from "../pages/problems.ts";
import { memberPage, type RecordForm, recordPage } from "../pages/record.ts";
import { paths } from "../paths.ts";
import type { Manuscript } from "../queries.ts";
import {
  type Edited,
  LISTS,
  type ListSpec,
  memberName,
  membersOf,
  PART_SPECS,
  partOf,
  rearranged,
  type Section,
  type Spec,
  sections,
  withEntries,
  withMembers,
  withPart,
} from "../rules.ts";
import { adminOf, openManuscript, param, sentBy, step, textIn, words } from "./asking.ts";

/** The record of a procedure: everything but its form and its process. */
export const routes = Router();

const slugOf = (section: Section): string => paths.part("", section).split("/").at(-1) ?? "";

for (const section of sections.filter((one) => one in PART_SPECS)) {
  const specs = PART_SPECS[section] ?? [];
  const AT = `/soan/:id/${slugOf(section)}`;
  const show = (res: Response, manuscript: Manuscript, form: RecordForm | null): void =>
    render(res, "authoring/page", recordPage(manuscript, section, form, words(res)));

  routes.get(AT, async (req, res) => show(res, await openManuscript(req), null));

  routes.post(AT, async (req, res) => {
    const manuscript = await openManuscript(req);
    const { id, sketch } = manuscript;
    const sent = sentBy(req);
    const read = readRecord(specs, sent, partOf(sketch), sketch);
    if (Object.keys(read.errors).length > 0)
      return show(res.status(422), manuscript, { values: sent, errors: read.errors });
    const part = words(res)(`authoring.sections.${section}`);
    const changed = await step(req, { did: "partSaved", params: { part } }, (now) =>
      withPart(now, readRecord(specs, sent, partOf(now), now).edited),
    );
    if (!changed.ok) {
      const standing = recordValues(specs, partOf(changed.sketch));
      const form = { values: sent, errors: {}, since: changed.since, standing };
      return show(res.status(409), await openManuscript(req), form);
    }
    leaveNotice(req, "success", words(res)("authoring.record.saved"));
    redirect(res, paths.part(id, section));
  });
}

type Place = { list: ListSpec; at: number | null; item: Edited; specs: readonly Spec[] };
const atOf = (req: Request): number => {
  const typed = param(req, "at");
  return /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) - 1 : -1;
};
async function placeOf(req: Request, { sketch }: Manuscript, list: ListSpec, at: number | null): Promise<Place> {
  const member = at === null ? null : membersOf(sketch, list)[at];
  if (member === undefined) throw notFound();
  const item = member === null ? list.blank : list.toForm(member as never);
  const types = await listEntries(adminOf(req), "documentType");
  return { list, at, item, specs: withEntries(list.specs(sketch, item), () => types) };
}
/** The member that the address names. @throws Refusal 404 */
const memberIn = (req: Request, manuscript: Manuscript, list: ListSpec): Promise<Place> =>
  placeOf(req, manuscript, list, atOf(req));
const show = (res: Response, manuscript: Manuscript, place: Place, form: RecordForm | null): void =>
  render(res, "authoring/page", memberPage(manuscript, place, form, words(res)));

async function save(req: Request, res: Response, manuscript: Manuscript, place: Place): Promise<void> {
  const { list, at, item, specs } = place;
  const { id, sketch } = manuscript;
  const sent = sentBy(req);
  const t = words(res);
  const pressed = pressedInCondition(sent, "when");
  if (pressed) return show(res, manuscript, place, { ...emptyForm, values: pressed });
  const read = readMember(list, specs, sent, item, sketch);
  if (!read.ok) return show(res.status(422), manuscript, place, { values: sent, errors: read.errors });
  const name = memberName(read.item, at ?? membersOf(sketch, list).length);
  const what = { list: t(`authoring.record.lists.${list.key}`), name };
  const changed = await step(req, { did: at === null ? "memberAdded" : "memberChanged", params: what }, (now) => {
    const members = membersOf(now, list);
    return withMembers(
      now,
      list,
      at === null ? [...members, read.item] : members.map((one, i) => (i === at ? read.item : one)),
    );
  });
  const slug = LIST_SLUGS[list.key];
  if (changed.ok) {
    leaveNotice(req, "success", t("authoring.record.saved"));
    return redirect(res, `${paths.part(id, list.section)}#${slug}`);
  }
  const standing = at === null ? undefined : membersOf(changed.sketch, list)[at];
  show(res.status(409), await openManuscript(req), place, {
    values: sent,
    errors: {},
    since: changed.since,
    ...(standing === undefined ? {} : { standing: recordValues(specs, list.toForm(standing as never)) }),
  });
}

const MOVES = { len: "up", xuong: "down", bo: "remove" } as const;

for (const list of LISTS) {
  const AT = `/soan/:id/${slugOf(list.section)}/${LIST_SLUGS[list.key]}`;

  routes.get(`${AT}/them`, async (req, res) => {
    const manuscript = await openManuscript(req);
    show(res, manuscript, await placeOf(req, manuscript, list, null), null);
  });
  routes.post(`${AT}/them`, async (req, res) => {
    const manuscript = await openManuscript(req);
    await save(req, res, manuscript, await placeOf(req, manuscript, list, null));
  });

  routes.get(`${AT}/:at`, async (req, res) => {
    const manuscript = await openManuscript(req);
    show(res, manuscript, await memberIn(req, manuscript, list), null);
  });
  routes.post(`${AT}/:at`, async (req, res) => {
    const manuscript = await openManuscript(req);
    await save(req, res, manuscript, await memberIn(req, manuscript, list));
  });

  routes.post(`${AT}/:at/xep`, async (req, res) => {
    const manuscript = await openManuscript(req);
    const { at } = await memberIn(req, manuscript, list);
    const t = words(res);
    const typed = textIn(sentBy(req), "viec");
    const move = Object.hasOwn(MOVES, typed) ? MOVES[typed as keyof typeof MOVES] : null;
    const next = move && rearranged(membersOf(manuscript.sketch, list), at ?? -1, move);
    if (!next) throw notFound();
    const name = memberName(membersOf(manuscript.sketch, list)[at ?? -1], at ?? 0);
    const what = { list: t(`authoring.record.lists.${list.key}`), name };
    const changed = await step(req, { did: move === "remove" ? "memberRemoved" : "memberMoved", params: what }, (now) =>
      withMembers(now, list, rearranged(membersOf(now, list), at ?? -1, move) ?? membersOf(now, list)),
    );
    if (!changed.ok) {
      const page = recordPage(await openManuscript(req), list.section, null, t, changed.since);
      return render(res.status(409), "authoring/page", page);
    }
    if (move === "remove") leaveNotice(req, "success", t("authoring.record.removed", { name }));
    redirect(res, `${paths.part(manuscript.id, list.section)}#${LIST_SLUGS[list.key]}`);
  });
}
