/**
 * Organizations: the public authorities of the province and the administrative units they belong to. An *agency* receives
 * or decides; its *units* are its parts (one-stop desk, leadership, office, divisions); a *relative name* in a workflow
 * ("the commune's police") becomes one agency through `resolveAgency`. Agencies close, they are never deleted.
 */
export { importAgencies, importFormerWards, importUnits } from "./actions.ts";
export { AgencyFile, readFormerWards, UnitFile } from "./inputs.ts";
export {
  findAgency,
  findDirectory,
  findHeldRoles,
  findUnitLists,
  forgetOrganizations,
  listAgencies,
  resolveAgency,
  type UnitLists,
} from "./queries.ts";
export * from "./rules.ts";
