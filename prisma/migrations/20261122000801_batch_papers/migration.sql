-- Papers of a table's lines come as one archive: what fitted a line waits beside it, what nobody asked for is told.
ALTER TABLE "filing_batches" ADD COLUMN "papersFile" TEXT, ADD COLUMN "strays" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "filing_batch_papers" (
    "id" UUID NOT NULL,
    "batchId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "requirementId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "convertedFrom" TEXT,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,

    CONSTRAINT "filing_batch_papers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "filing_batch_papers_storageKey_key" ON "filing_batch_papers"("storageKey");

-- CreateIndex
CREATE INDEX "filing_batch_papers_batchId_number_idx" ON "filing_batch_papers"("batchId", "number");

-- AddForeignKey
ALTER TABLE "filing_batch_papers" ADD CONSTRAINT "filing_batch_papers_batchId_number_fkey" FOREIGN KEY ("batchId", "number") REFERENCES "filing_batch_rows"("batchId", "number") ON DELETE CASCADE ON UPDATE CASCADE;
