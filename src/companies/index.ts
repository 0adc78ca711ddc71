/**
 * Companies: the enterprises, cooperatives and other bodies that citizens file for (`organizations` holds the agencies).
 * A company has *members*: a *representative* administers it, a *filer* is entrusted with its dossiers, a *viewer* reads
 * them. What somebody says of a company is declared until an officer of a desk has seen its papers; then it is
 * *confirmed*. A dossier that was filed for a company is its members', not the applicant's own.
 */
export { confirmByIdentity, inviteMember, leaveCompanies, makeCompany } from "./actions.ts";
export { findFiler, findOwnCompany, listFilers, listFollowers } from "./queries.ts";
