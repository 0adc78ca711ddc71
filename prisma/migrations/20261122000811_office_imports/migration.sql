-- Counters are the hall's (queue_counters); spreadsheets of officers wait for their confirmation; some notices are about no procedure.

-- DropForeignKey
ALTER TABLE "counters" DROP CONSTRAINT "counters_unitId_fkey";

-- DropTable
DROP TABLE "counters";

-- AlterTable
ALTER TABLE "notifications" ALTER COLUMN "procedureVersionId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "office_imports" (
    "id" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "fileName" TEXT NOT NULL,
    "rows" JSONB NOT NULL,
    "appliedAt" TIMESTAMPTZ(3),
    "applied" JSONB,

    CONSTRAINT "office_imports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "office_imports_at_idx" ON "office_imports"("at" DESC);

-- AddForeignKey
ALTER TABLE "office_imports" ADD CONSTRAINT "office_imports_byId_fkey" FOREIGN KEY ("byId") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
