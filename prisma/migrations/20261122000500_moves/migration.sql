-- Supplements, pauses of the clock and the one extension: what happens to a dossier between filing and result.

-- CreateEnum
CREATE TYPE "SupplementStage" AS ENUM ('intake', 'processing');

-- CreateEnum
CREATE TYPE "PausePolicy" AS ENUM ('stop', 'restart', 'none');

-- AlterTable
ALTER TABLE "dossiers" ADD COLUMN     "pausedAt" TIMESTAMPTZ(3),
ADD COLUMN     "waitingSince" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "attachments" ADD COLUMN     "supersededAt" TIMESTAMPTZ(3),
ADD COLUMN     "supplementId" UUID;

-- AlterTable
ALTER TABLE "step_runs" ADD COLUMN     "pausedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "supplement_requests" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "stage" "SupplementStage" NOT NULL,
    "marks" JSONB NOT NULL,
    "reasonNoteId" UUID NOT NULL,
    "answerBy" TEXT,
    "repeated" BOOLEAN NOT NULL DEFAULT false,
    "requestedById" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),
    "answeredById" UUID,
    "revision" INTEGER,
    "typed" JSONB,
    "typedVersion" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "supplement_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clock_pauses" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "policy" "PausePolicy" NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3),

    CONSTRAINT "clock_pauses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "due_extensions" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "oldDueAt" TIMESTAMPTZ(3) NOT NULL,
    "newDueAt" TIMESTAMPTZ(3) NOT NULL,
    "reasonNoteId" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "due_extensions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "supplement_requests_dossierId_number_key" ON "supplement_requests"("dossierId", "number");

-- CreateIndex
CREATE INDEX "clock_pauses_dossierId_from_idx" ON "clock_pauses"("dossierId", "from");

-- CreateIndex
CREATE UNIQUE INDEX "due_extensions_dossierId_key" ON "due_extensions"("dossierId");

-- CreateIndex
CREATE INDEX "attachments_supplementId_idx" ON "attachments"("supplementId");

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_supplementId_fkey" FOREIGN KEY ("supplementId") REFERENCES "supplement_requests"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supplement_requests" ADD CONSTRAINT "supplement_requests_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clock_pauses" ADD CONSTRAINT "clock_pauses_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "due_extensions" ADD CONSTRAINT "due_extensions_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
-- The clock stands still once at a time.
CREATE UNIQUE INDEX clock_pauses_one_open ON clock_pauses ("dossierId") WHERE "to" IS NULL;
CREATE UNIQUE INDEX supplement_requests_one_open ON supplement_requests ("dossierId") WHERE "answeredAt" IS NULL;
ALTER TABLE clock_pauses ADD CONSTRAINT clock_pauses_forward CHECK ("to" IS NULL OR "to" >= "from");
ALTER TABLE due_extensions ADD CONSTRAINT due_extensions_later CHECK ("newDueAt" > "oldDueAt");
-- Nobody is waited for, and no clock stands, at a dossier that is done.
ALTER TABLE dossiers ADD CONSTRAINT dossiers_closed_clock
  CHECK ("finishedAt" IS NULL OR ("pausedAt" IS NULL AND "waitingSince" IS NULL));
-- Only what is waited for, however many years pile up; what may be late is found by dossiers_open_by_due.
CREATE INDEX dossiers_waiting_for_applicant ON dossiers ("receivingAgencyId", "waitingSince", id)
  WHERE "waitingSince" IS NOT NULL;
