-- What a picture was before it was made a JPEG; null: it is as it came.
ALTER TABLE "attachments" ADD COLUMN "convertedFrom" TEXT;

-- CreateTable
CREATE TABLE "partial_uploads" (
    "id" UUID NOT NULL,
    "draftId" UUID NOT NULL,
    "control" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "fileDate" TIMESTAMPTZ(3),
    "place" TEXT NOT NULL,
    "attachmentId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "partial_uploads_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "partial_uploads_place_key" ON "partial_uploads"("place");

-- CreateIndex
CREATE INDEX "partial_uploads_draftId_createdAt_idx" ON "partial_uploads"("draftId", "createdAt");

-- CreateIndex
CREATE INDEX "partial_uploads_createdAt_idx" ON "partial_uploads"("createdAt");

-- AddForeignKey
ALTER TABLE "partial_uploads" ADD CONSTRAINT "partial_uploads_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "drafts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
