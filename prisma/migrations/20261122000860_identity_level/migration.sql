-- How well the applicant's identity was proven when they filed.
ALTER TABLE "dossiers" ADD COLUMN     "identityLevel" "IdentityLevel" NOT NULL DEFAULT 'declared';
