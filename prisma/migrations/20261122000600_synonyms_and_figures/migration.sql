-- CreateTable
CREATE TABLE "synonyms" (
    "id" UUID NOT NULL,
    "say" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "means" TEXT[],
    "removed" BOOLEAN NOT NULL DEFAULT false,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedById" UUID,

    CONSTRAINT "synonyms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "synonym_changes" (
    "id" UUID NOT NULL,
    "synonymId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "say" TEXT NOT NULL,
    "means" TEXT[],
    "removed" BOOLEAN NOT NULL,

    CONSTRAINT "synonym_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "procedure_figures" (
    "procedureId" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "received" INTEGER NOT NULL,
    "receivedOnline" INTEGER NOT NULL,
    "resolved" INTEGER NOT NULL,
    "dueResolved" INTEGER NOT NULL,
    "onTime" INTEGER NOT NULL,
    "rated" INTEGER NOT NULL DEFAULT 0,
    "satisfied" INTEGER NOT NULL DEFAULT 0,
    "countedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "procedure_figures_pkey" PRIMARY KEY ("procedureId","year")
);

-- CreateIndex
CREATE UNIQUE INDEX "synonyms_folded_key" ON "synonyms"("folded");

-- CreateIndex
CREATE INDEX "synonym_changes_synonymId_idx" ON "synonym_changes"("synonymId");

-- CreateIndex
CREATE INDEX "synonym_changes_at_idx" ON "synonym_changes"("at" DESC);

-- AddForeignKey
ALTER TABLE "synonym_changes" ADD CONSTRAINT "synonym_changes_synonymId_fkey" FOREIGN KEY ("synonymId") REFERENCES "synonyms"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "procedure_figures" ADD CONSTRAINT "procedure_figures_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "procedures"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- Who changed which word is told, not rewritten; a removed word stays, marked, so that the seed does not bring it back.
    REVOKE UPDATE, DELETE ON synonym_changes FROM app;
    REVOKE DELETE ON synonyms FROM app;
  END IF;
END $$;

-- The words stood as one setting; the seed writes them as rows.
DELETE FROM settings WHERE key = 'catalogue.synonyms';
