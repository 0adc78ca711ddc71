-- What people may ask about their own data, and how long finished dossiers keep it.

-- CreateEnum
CREATE TYPE "RetentionAct" AS ENUM ('anonymise', 'delete');

-- CreateTable
CREATE TABLE "personal_exports" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "readyAt" TIMESTAMPTZ(3),
    "storageKey" TEXT,
    "size" INTEGER,
    "sha256" TEXT,

    CONSTRAINT "personal_exports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "correction_requests" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "answeredById" UUID,

    CONSTRAINT "correction_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_rules" (
    "id" UUID NOT NULL,
    "procedureCode" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT '',
    "months" INTEGER NOT NULL,
    "act" "RetentionAct" NOT NULL,
    "basis" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "madeById" UUID,

    CONSTRAINT "retention_rules_pkey" PRIMARY KEY ("id"),
    CONSTRAINT retention_rules_months CHECK ("months" BETWEEN 1 AND 1200)
);

-- CreateTable
CREATE TABLE "retentions" (
    "dossierId" UUID NOT NULL,
    "act" "RetentionAct" NOT NULL,
    "announcedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "files" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "retentions_pkey" PRIMARY KEY ("dossierId")
);

-- CreateIndex
CREATE UNIQUE INDEX "personal_exports_storageKey_key" ON "personal_exports"("storageKey");

-- CreateIndex
CREATE INDEX "personal_exports_accountId_askedAt_idx" ON "personal_exports"("accountId", "askedAt" DESC);

-- CreateIndex
CREATE INDEX "personal_exports_askedAt_idx" ON "personal_exports"("askedAt");

-- CreateIndex
CREATE INDEX "correction_requests_accountId_askedAt_idx" ON "correction_requests"("accountId", "askedAt" DESC);

-- CreateIndex
CREATE INDEX "correction_requests_askedAt_idx" ON "correction_requests"("askedAt");

-- CreateIndex
CREATE UNIQUE INDEX "retention_rules_procedureCode_status_key" ON "retention_rules"("procedureCode", "status");

-- CreateIndex
CREATE INDEX "retentions_dueAt_idx" ON "retentions"("dueAt");

-- AddForeignKey
ALTER TABLE "personal_exports" ADD CONSTRAINT "personal_exports_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction_requests" ADD CONSTRAINT "correction_requests_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retentions" ADD CONSTRAINT "retentions_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Finished dossiers by when they ended: what the nightly look asks.
CREATE INDEX dossiers_finished ON dossiers ("finishedAt") WHERE "finishedAt" IS NOT NULL;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- The report of what was erased is not erased.
    REVOKE DELETE ON retentions FROM app;
  END IF;
END $$;
