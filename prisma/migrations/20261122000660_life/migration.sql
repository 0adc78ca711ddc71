-- The rest of a dossier's lawful life: obligations, drafts that the applicant confirms, slips of hand-over, receipts of
-- results, corrected results, ready-made reasons; and the nightly roots over all histories.

-- AlterEnum
ALTER TYPE "SupplementStage" ADD VALUE 'returned';
ALTER TYPE "ResultState" ADD VALUE 'replaced';

-- AlterTable
ALTER TABLE "clock_pauses" ADD COLUMN     "holdsStep" BOOLEAN NOT NULL DEFAULT false;
UPDATE "clock_pauses" SET "holdsStep" = true WHERE "reason" = 'supplement';

-- AlterTable
ALTER TABLE "results" ADD COLUMN     "correctionNoteId" UUID,
ADD COLUMN     "replacedAt" TIMESTAMPTZ(3),
ADD COLUMN     "replacesId" UUID;

-- CreateTable
CREATE TABLE "financial_obligations" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "noteId" UUID NOT NULL,
    "amount" BIGINT,
    "payBy" TEXT,
    "agencyId" UUID NOT NULL,
    "askedById" UUID NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "metAt" TIMESTAMPTZ(3),
    "metById" UUID,
    "proof" TEXT,

    CONSTRAINT "financial_obligations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft_confirmations" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "resultId" UUID NOT NULL,
    "sha256" TEXT,
    "agencyId" UUID NOT NULL,
    "askedById" UUID NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "answerUntil" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "answeredById" UUID,
    "noteId" UUID,

    CONSTRAINT "draft_confirmations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hand_overs" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "stepRunId" UUID NOT NULL,
    "fromAgencyId" UUID NOT NULL,
    "toAgencyId" UUID NOT NULL,
    "toRole" TEXT NOT NULL,
    "papers" TEXT NOT NULL,
    "givenById" UUID NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedById" UUID,
    "receivedAt" TIMESTAMPTZ(3),
    "remark" TEXT,

    CONSTRAINT "hand_overs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "result_deliveries" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "method" "ReturnMethod" NOT NULL,
    "receiverName" TEXT,
    "receiverPaper" TEXT,
    "receiverPhone" TEXT,
    "signed" BOOLEAN NOT NULL DEFAULT false,
    "trackingNumber" TEXT,
    "agencyId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "result_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "preset_reasons" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "preset_reasons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "history_roots" (
    "number" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "dossiers" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "prevRoot" TEXT NOT NULL,
    "root" TEXT NOT NULL,

    CONSTRAINT "history_roots_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "history_heads" (
    "dossierId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "rootNumber" INTEGER NOT NULL,

    CONSTRAINT "history_heads_pkey" PRIMARY KEY ("dossierId","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "financial_obligations_dossierId_number_key" ON "financial_obligations"("dossierId", "number");

-- CreateIndex
CREATE INDEX "draft_confirmations_dossierId_idx" ON "draft_confirmations"("dossierId");

-- CreateIndex
CREATE UNIQUE INDEX "hand_overs_dossierId_number_key" ON "hand_overs"("dossierId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "result_deliveries_dossierId_key" ON "result_deliveries"("dossierId");

-- CreateIndex
CREATE UNIQUE INDEX "preset_reasons_kind_text_key" ON "preset_reasons"("kind", "text");

-- CreateIndex
CREATE UNIQUE INDEX "history_roots_day_key" ON "history_roots"("day");

-- CreateIndex
CREATE INDEX "history_heads_rootNumber_dossierId_idx" ON "history_heads"("rootNumber", "dossierId");

-- CreateIndex
CREATE UNIQUE INDEX "results_replacesId_key" ON "results"("replacesId");

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "results"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "financial_obligations" ADD CONSTRAINT "financial_obligations_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_confirmations" ADD CONSTRAINT "draft_confirmations_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_overs" ADD CONSTRAINT "hand_overs_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "result_deliveries" ADD CONSTRAINT "result_deliveries_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "history_heads" ADD CONSTRAINT "history_heads_rootNumber_fkey" FOREIGN KEY ("rootNumber") REFERENCES "history_roots"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
-- One thing is asked, or under way, at a time.
CREATE UNIQUE INDEX financial_obligations_one_open ON financial_obligations ("dossierId") WHERE "metAt" IS NULL;
CREATE UNIQUE INDEX draft_confirmations_one_open ON draft_confirmations ("dossierId") WHERE "answeredAt" IS NULL;
CREATE UNIQUE INDEX hand_overs_one_open ON hand_overs ("dossierId") WHERE "receivedAt" IS NULL;
-- What the jobs look for, province-wide: silence that has become assent, and what is or will soon be late.
CREATE INDEX draft_confirmations_open_until ON draft_confirmations ("answerUntil") WHERE "answeredAt" IS NULL;
CREATE INDEX dossiers_running_by_due ON dossiers ("dueAt") WHERE "finishedAt" IS NULL AND "pausedAt" IS NULL;
CREATE INDEX step_runs_running_by_due ON step_runs ("dueAt") WHERE "closedAt" IS NULL AND "pausedAt" IS NULL;
-- How people kept their dates, by person and by place, however many years pile up.
CREATE INDEX step_runs_done_by_officer ON step_runs ("closedById", "closedAt") WHERE "closedAt" IS NOT NULL;
CREATE INDEX step_runs_done_by_place ON step_runs ("agencyId", "closedAt") WHERE "closedAt" IS NOT NULL;

-- A root that could be changed would prove nothing.
CREATE TRIGGER history_roots_append_only BEFORE UPDATE OR DELETE ON history_roots
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER history_roots_no_truncate BEFORE TRUNCATE ON history_roots
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER history_heads_append_only BEFORE UPDATE OR DELETE ON history_heads
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER history_heads_no_truncate BEFORE TRUNCATE ON history_heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    REVOKE UPDATE, DELETE ON history_roots, history_heads FROM app;
  END IF;
END $$;
