-- CreateTable
CREATE TABLE "filing_batches" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "procedureVersionId" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "receivingAgencyId" UUID,
    "caseId" TEXT,
    "returnMethod" "ReturnMethod" NOT NULL,
    "fileName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "act" TEXT,
    "filingId" UUID,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "filing_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "filing_batch_rows" (
    "batchId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "cells" JSONB NOT NULL,
    "draftId" UUID,
    "outcome" TEXT,
    "reason" TEXT,
    "params" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "filing_batch_rows_pkey" PRIMARY KEY ("batchId","number")
);

-- CreateIndex
CREATE INDEX "filing_batches_accountId_createdAt_idx" ON "filing_batches"("accountId", "createdAt");

-- CreateIndex
CREATE INDEX "filing_batches_createdAt_idx" ON "filing_batches"("createdAt");

-- CreateIndex
CREATE INDEX "dossiers_filingId_idx" ON "dossiers"("filingId");

-- AddForeignKey
ALTER TABLE "filing_batches" ADD CONSTRAINT "filing_batches_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "filing_batches" ADD CONSTRAINT "filing_batches_procedureVersionId_fkey" FOREIGN KEY ("procedureVersionId") REFERENCES "procedure_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "filing_batches" ADD CONSTRAINT "filing_batches_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "filing_batches" ADD CONSTRAINT "filing_batches_receivingAgencyId_fkey" FOREIGN KEY ("receivingAgencyId") REFERENCES "agencies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "filing_batches" ADD CONSTRAINT "filing_batches_filingId_fkey" FOREIGN KEY ("filingId") REFERENCES "filings"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "filing_batch_rows" ADD CONSTRAINT "filing_batch_rows_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "filing_batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;
