-- AlterTable
ALTER TABLE "offerings" ADD COLUMN     "competentAgencyId" UUID;

-- AlterTable
ALTER TABLE "catalogue_entries" ADD COLUMN     "facts" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "searchVector" tsvector;

-- CreateIndex
CREATE INDEX "catalogue_entries_searchVector_idx" ON "catalogue_entries" USING GIN ("searchVector");

-- AddForeignKey
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_competentAgencyId_fkey" FOREIGN KEY ("competentAgencyId") REFERENCES "agencies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The vector above takes its place.
DROP INDEX catalogue_entries_text;
