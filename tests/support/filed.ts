import { beginDraft, fillDraft, typedAnswers, typedApplicant } from "#dev/browse/fill.ts";
import { isoDay } from "#platform/format.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import type { TestApp } from "./app.ts";
import type { Client, Page } from "./client.ts";

const BIRTH = "1.001193";

/** A draft of a registration of a birth at Đông Kinh, filled over HTTP up to its last page. */
export async function fillBirth(portal: TestApp, citizen: Client): Promise<{ check: Page; draftId: string }> {
  const version = await findCurrentVersion(portal.system(), BIRTH);
  if (!version) throw new Error("the seed lacks the registration of births");
  const sample = {
    today: isoDay(portal.system().now),
    provinceCode: "20",
    communeCode: "05977",
    communeName: "phường Đông Kinh",
    number: 3,
  };
  const first = await beginDraft(await citizen.get(`/thu-tuc/${BIRTH}/nop-ho-so`), "Đông Kinh");
  const check = await fillDraft(first, { ...typedAnswers(version.definition, sample), ...typedApplicant(sample) });
  return { check, draftId: /ban-nhap\/([^/]+)/.exec(check.path)?.[1] ?? "" };
}

/** The same, filed. */
export async function fileBirth(portal: TestApp, citizen: Client): Promise<{ id: string; reference: string }> {
  const filed = await (await fillBirth(portal, citizen)).check.submit("Nộp hồ sơ");
  const reference = /ho-so\/([A-Z0-9]+)/.exec(filed.path)?.[1] ?? "";
  return portal.db.dossier.findUniqueOrThrow({ where: { reference }, select: { id: true, reference: true } });
}
