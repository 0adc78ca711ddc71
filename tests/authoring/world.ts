import { createAdmin } from "#accounts/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { findCurrentVersion, type ProcedureDefinition } from "#procedures/index.ts";
import { makeWorld, type Who } from "../desk/world.ts";

const PASSWORD = "con trâu đi trước";

/** A portal with its reference data and two administrators of the province. */
export async function makeAuthoring(...people: Who[]) {
  const world = await makeWorld(...(people.length > 0 ? people : (["dongKinhDesk"] as const)));
  const adminOf = async (username: string, displayName: string): Promise<Context<Admin>> => {
    const { accountId } = await createAdmin(world.system(), { username, displayName, password: PASSWORD });
    return { ...world.system(), actor: { kind: "admin", accountId, name: displayName } };
  };
  const [admin, colleague] = [await adminOf("quantri", "Nông Quốc Chấn"), await adminOf("soanthao", "Vi Hồng Nhung")];
  const publishedAs = async (code: string): Promise<{ id: string; definition: ProcedureDefinition }> => {
    const version = await findCurrentVersion(world.system(), code);
    if (!version) throw new Error(`${code} has no version`);
    return version;
  };
  return { ...world, admin, colleague, publishedAs, signInAdmin: () => world.signIn("quantri", PASSWORD) };
}
