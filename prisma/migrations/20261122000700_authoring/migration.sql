-- Definitions that administrators are still writing, with every change and the whole as it then stood.

-- CreateEnum
CREATE TYPE "ManuscriptState" AS ENUM ('open', 'published', 'discarded');

-- CreateTable
CREATE TABLE "manuscripts" (
    "id" UUID NOT NULL,
    "procedureCode" TEXT NOT NULL,
    "basedOnId" UUID,
    "definition" JSONB NOT NULL,
    "state" "ManuscriptState" NOT NULL DEFAULT 'open',
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdById" UUID,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "publishedId" UUID,

    CONSTRAINT "manuscripts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "manuscript_changes" (
    "manuscriptId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "did" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "definition" JSONB NOT NULL,

    CONSTRAINT "manuscript_changes_pkey" PRIMARY KEY ("manuscriptId","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "manuscripts_publishedId_key" ON "manuscripts"("publishedId");

-- CreateIndex
CREATE INDEX "manuscripts_state_changedAt_idx" ON "manuscripts"("state", "changedAt" DESC);

-- One at a time: two who write the same procedure write it together.
CREATE UNIQUE INDEX "manuscripts_open_by_code" ON "manuscripts"("procedureCode") WHERE "state" = 'open';

-- AddForeignKey
ALTER TABLE "manuscripts" ADD CONSTRAINT "manuscripts_basedOnId_fkey" FOREIGN KEY ("basedOnId") REFERENCES "procedure_versions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manuscripts" ADD CONSTRAINT "manuscripts_publishedId_fkey" FOREIGN KEY ("publishedId") REFERENCES "procedure_versions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manuscripts" ADD CONSTRAINT "manuscripts_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manuscript_changes" ADD CONSTRAINT "manuscript_changes_manuscriptId_fkey" FOREIGN KEY ("manuscriptId") REFERENCES "manuscripts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manuscript_changes" ADD CONSTRAINT "manuscript_changes_byId_fkey" FOREIGN KEY ("byId") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- What was changed is told, not rewritten; a manuscript is discarded, not deleted.
    REVOKE UPDATE, DELETE ON manuscript_changes FROM app;
    REVOKE DELETE ON manuscripts FROM app;
  END IF;
END $$;
