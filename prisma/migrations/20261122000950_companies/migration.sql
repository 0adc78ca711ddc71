-- CreateEnum
CREATE TYPE "CompanyRole" AS ENUM ('representative', 'filer', 'viewer');

-- CreateTable
CREATE TABLE "companies" (
    "id" UUID NOT NULL,
    "taxCode" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "communeCode" TEXT,
    "addressLine" TEXT,
    "address" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "confirmedBy" TEXT,
    "confirmedById" UUID,
    "agencyId" UUID,
    "papersSeen" TEXT,

    CONSTRAINT "companies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "company_members" (
    "id" UUID NOT NULL,
    "companyId" UUID NOT NULL,
    "accountId" UUID,
    "role" "CompanyRole" NOT NULL,
    "position" TEXT,
    "invitedBy" TEXT,
    "invitedTo" TEXT,
    "codeHash" TEXT,
    "invitedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "joinedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endedById" UUID,

    CONSTRAINT "company_members_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "companyId" UUID;

-- AlterTable
ALTER TABLE "dossiers" ADD COLUMN     "companyId" UUID;

-- CreateIndex
CREATE INDEX "companies_taxCode_idx" ON "companies"("taxCode");

-- CreateIndex
CREATE UNIQUE INDEX "company_members_codeHash_key" ON "company_members"("codeHash");

-- CreateIndex
CREATE INDEX "company_members_companyId_createdAt_idx" ON "company_members"("companyId", "createdAt");

-- CreateIndex
CREATE INDEX "company_members_accountId_idx" ON "company_members"("accountId");

-- CreateIndex
CREATE INDEX "company_members_invitedTo_idx" ON "company_members"("invitedTo");

-- AddForeignKey
ALTER TABLE "companies" ADD CONSTRAINT "companies_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "company_members" ADD CONSTRAINT "company_members_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "companies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "company_members" ADD CONSTRAINT "company_members_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "companies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "companies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Many may declare a tax code; of those whose papers were seen there is one.
CREATE UNIQUE INDEX companies_confirmed ON companies ("taxCode") WHERE "confirmedAt" IS NOT NULL;
-- Nobody has two parts in one company.
CREATE UNIQUE INDEX company_members_one ON company_members ("companyId", "accountId") WHERE "endedAt" IS NULL;
-- A company's dossiers, newest first.
CREATE INDEX dossiers_company ON dossiers ("companyId", "submittedAt" DESC) WHERE "companyId" IS NOT NULL;
CREATE INDEX drafts_company ON drafts ("companyId") WHERE "companyId" IS NOT NULL;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- Who spoke for a company, and when, stays written.
    REVOKE DELETE, TRUNCATE ON companies, company_members FROM app;
  END IF;
END $$;
