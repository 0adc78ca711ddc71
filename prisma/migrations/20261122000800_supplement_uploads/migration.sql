-- Files on their way in pieces belong to a draft, or to the answer to a request for completion.
ALTER TABLE "partial_uploads" ALTER COLUMN "draftId" DROP NOT NULL;
ALTER TABLE "partial_uploads" ADD COLUMN "supplementId" UUID;
ALTER TABLE "partial_uploads" ADD CONSTRAINT "partial_uploads_one_place" CHECK (num_nonnulls("draftId", "supplementId") = 1);

-- CreateIndex
CREATE INDEX "partial_uploads_supplementId_createdAt_idx" ON "partial_uploads"("supplementId", "createdAt");

-- AddForeignKey
ALTER TABLE "partial_uploads" ADD CONSTRAINT "partial_uploads_supplementId_fkey" FOREIGN KEY ("supplementId") REFERENCES "supplement_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;
