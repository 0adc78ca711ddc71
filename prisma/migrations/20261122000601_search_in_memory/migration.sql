-- The search reads the catalogue into memory; the database no longer looks for words in it.

-- DropIndex
DROP INDEX "catalogue_entries_sector_idx";

-- DropIndex
DROP INDEX "catalogue_entries_searchName_idx";

-- DropIndex
DROP INDEX "catalogue_entries_levels_idx";

-- DropIndex
DROP INDEX "catalogue_entries_subjects_idx";

-- DropIndex
DROP INDEX "catalogue_entries_searchVector_idx";

-- AlterTable
ALTER TABLE "catalogue_entries" DROP COLUMN "searchVector";
