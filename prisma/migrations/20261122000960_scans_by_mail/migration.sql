-- Scans come by e-mail, too, and to the tray of one counter; what a program read in a digitised paper is searched.

-- AlterTable
ALTER TABLE "scans" ADD COLUMN     "counter" INTEGER;

-- AlterTable
ALTER TABLE "digitised_papers" ADD COLUMN     "folded" TEXT;

-- By hand.
ALTER TABLE scans DROP CONSTRAINT scans_source;
ALTER TABLE scans ADD CONSTRAINT scans_source CHECK (source IN ('upload', 'folder', 'mail'));
-- A second file out of a folder or mailbox that was not emptied is the first again.
DROP INDEX scans_once_from_folder;
CREATE UNIQUE INDEX scans_once ON scans ("agencyId", sha256) WHERE source <> 'upload';
CREATE INDEX digitised_papers_words ON digitised_papers USING gin (folded gin_trgm_ops) WHERE folded IS NOT NULL;
