-- The calendar keeps every version of every day, of the province and of single agencies, and who changed it.

-- CreateTable
CREATE TABLE "calendar_changes" (
    "id" UUID NOT NULL,
    "agencyId" UUID,
    "byId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "firstDate" TEXT NOT NULL,
    "lastDate" TEXT NOT NULL,
    "cursor" UUID,
    "moved" INTEGER NOT NULL DEFAULT 0,
    "recomputedAt" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_changes_pkey" PRIMARY KEY ("id")
);

-- What stood before is the first change.
INSERT INTO "calendar_changes" ("id", "at", "firstDate", "lastDate", "recomputedAt")
  SELECT gen_random_uuid(), now(), min("date"), max("date"), now() FROM "calendar_days" HAVING count(*) > 0;

-- AlterTable
ALTER TABLE "calendar_days" DROP CONSTRAINT "calendar_days_pkey",
ADD COLUMN     "id" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD COLUMN     "agencyId" UUID,
ADD COLUMN     "sinceChangeId" UUID,
ADD COLUMN     "untilChangeId" UUID,
ADD CONSTRAINT "calendar_days_pkey" PRIMARY KEY ("id");
UPDATE "calendar_days" SET "sinceChangeId" = (SELECT "id" FROM "calendar_changes");
ALTER TABLE "calendar_days" ALTER COLUMN "id" DROP DEFAULT, ALTER COLUMN "sinceChangeId" SET NOT NULL;

-- CreateIndex
CREATE INDEX "calendar_days_agencyId_date_idx" ON "calendar_days"("agencyId", "date");

-- CreateIndex
CREATE INDEX "calendar_days_sinceChangeId_idx" ON "calendar_days"("sinceChangeId");

-- CreateIndex
CREATE INDEX "calendar_days_untilChangeId_idx" ON "calendar_days"("untilChangeId");

-- CreateIndex
CREATE INDEX "calendar_changes_at_idx" ON "calendar_changes"("at" DESC);

-- AddForeignKey
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_sinceChangeId_fkey" FOREIGN KEY ("sinceChangeId") REFERENCES "calendar_changes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_untilChangeId_fkey" FOREIGN KEY ("untilChangeId") REFERENCES "calendar_changes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_changes" ADD CONSTRAINT "calendar_changes_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
-- One day stands once in each scope.
CREATE UNIQUE INDEX calendar_days_standing ON calendar_days ("agencyId", date) NULLS NOT DISTINCT WHERE "untilChangeId" IS NULL;
-- A version of a day may end; nothing of it may be altered, and none may be lost.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    REVOKE UPDATE, DELETE ON calendar_days FROM app;
    GRANT UPDATE ("untilChangeId") ON calendar_days TO app;
    REVOKE DELETE ON calendar_changes FROM app;
  END IF;
END $$;
