-- A table of dossiers may be filed in a company's name.
ALTER TABLE "filing_batches" ADD COLUMN     "companyId" UUID;

-- AddForeignKey
ALTER TABLE "filing_batches" ADD CONSTRAINT "filing_batches_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "companies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX filing_batches_company ON filing_batches ("companyId") WHERE "companyId" IS NOT NULL;
