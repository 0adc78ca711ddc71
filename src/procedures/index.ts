/**
 * Procedures: what people can ask of the authorities. A *definition* is a procedure as data; a published *version* of it is
 * frozen, and a dossier is pinned to one. An *offering* says which agency takes it in and where it is filed. A *national
 * record* is a line of the national catalogue: information, never a version. The *catalogue* is one row a code, for search.
 */
export { rebuildCatalogue, SETTINGS } from "./actions/catalogue.ts";
export { countProcedures, procedureJobs } from "./actions/figures.ts";
export { forgetPublished, offerProcedure, publishProcedure, writeVersion } from "./actions/publish.ts";
export { restoreProcedure, suspendProcedure } from "./actions/standing.ts";
export { importSynonyms } from "./actions/synonyms.ts";
export { carryOutUpdate, decideUpdate, readCatalogueUpdate } from "./actions/updates.ts";
export { fillUses } from "./actions/uses.ts";
export * from "./answers.ts";
export { Condition, fieldsOf, holds } from "./conditions.ts";
export * from "./definition.ts";
export { StableId, Text } from "./fields/contract.ts";
export { stateCondition } from "./fields/controls.ts";
export * from "./fields/index.ts";
export { ethnicGroups } from "./fields/origin.ts";
export { importNationalRecords } from "./import/records.ts";
export { LifeEventFile, OfferingFile, SectorFile, SynonymFile } from "./inputs.ts";
export { suggestBox } from "./pages/list.ts";
export { fieldContext } from "./queries/context.ts";
export { findFigures, listWellKnown, type WellKnown, type YearFigures } from "./queries/figures.ts";
export {
  type CatalogueCounts,
  countCatalogue,
  findName,
} from "./queries/records.ts";
export { searchCatalogue } from "./queries/search.ts";
export {
  type CatalogueUpdate,
  findCatalogueUpdate,
  findProposal,
  listCatalogueUpdates,
  listProposals,
  PROPOSALS_PER_PAGE,
  type Proposal,
  type UpdateCounts,
} from "./queries/updates.ts";
export {
  findCompetentAgencyId,
  findCurrentVersion,
  findSuspension,
  findVersion,
  type KnownOffering,
  type LoadedVersion,
  listOfferings,
  refuseSuspended,
  type Suspension,
} from "./queries/versions.ts";
export * from "./rules/amend.ts";
export type { Facts } from "./rules/facts.ts";
export { faultText } from "./rules/faults.ts";
export { type Figures, shareOf } from "./rules/figures.ts";
export * from "./rules/updates.ts";
