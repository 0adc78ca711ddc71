-- A value of an enum can only be used once it is committed: what uses these stands in the next migration.

-- AlterEnum
ALTER TYPE "ScanState" ADD VALUE 'pending';
ALTER TYPE "ScanState" ADD VALUE 'failed';
