-- Whether a file was looked through for malware, and what was found.

-- AlterTable
ALTER TABLE "attachments" ADD COLUMN     "scanFinding" TEXT,
ADD COLUMN     "scanTries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "scannedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "results" ADD COLUMN     "scanFinding" TEXT,
ADD COLUMN     "scanState" "ScanState" NOT NULL DEFAULT 'none',
ADD COLUMN     "scanTries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "scannedAt" TIMESTAMPTZ(3);

-- The few that wait for the scanner; those that nobody ever looked at are read along the table, once.
CREATE INDEX attachments_scan ON attachments ("createdAt") WHERE "scanState" IN ('pending', 'failed');
CREATE INDEX results_scan ON results ("createdAt") WHERE "scanState" IN ('pending', 'failed');
