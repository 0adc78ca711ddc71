-- Public texts and notices that administrators edit, and how applicants found the handling of their dossiers.

-- CreateEnum
CREATE TYPE "ContentKind" AS ENUM ('page', 'news', 'outage');

-- CreateTable
CREATE TABLE "content_texts" (
    "id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "kind" "ContentKind" NOT NULL,
    "number" INTEGER NOT NULL,
    "titleVi" TEXT NOT NULL,
    "bodyVi" TEXT NOT NULL,
    "titleEn" TEXT NOT NULL,
    "bodyEn" TEXT NOT NULL,
    "shownFrom" TIMESTAMPTZ(3),
    "shownUntil" TIMESTAMPTZ(3),
    "outageFrom" TIMESTAMPTZ(3),
    "outageTo" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "content_texts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ratings" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "procedureId" UUID NOT NULL,
    "receivingAgencyId" UUID NOT NULL,
    "overall" SMALLINT NOT NULL,
    "convenience" SMALLINT,
    "timeliness" SMALLINT,
    "attitude" SMALLINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ratings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rating_comments" (
    "dossierId" UUID NOT NULL,
    "procedureId" UUID NOT NULL,
    "receivingAgencyId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rating_comments_pkey" PRIMARY KEY ("dossierId")
);

-- CreateIndex
CREATE UNIQUE INDEX "content_texts_subject_number_key" ON "content_texts"("subject", "number");

-- CreateIndex
CREATE UNIQUE INDEX "ratings_dossierId_number_key" ON "ratings"("dossierId", "number");

-- CreateIndex
CREATE INDEX "rating_comments_receivingAgencyId_at_dossierId_idx" ON "rating_comments"("receivingAgencyId", "at" DESC, "dossierId" DESC);

-- AddForeignKey
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rating_comments" ADD CONSTRAINT "rating_comments_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
-- One version of each text stands; the newest notices are found among those that stand.
CREATE UNIQUE INDEX content_texts_standing ON content_texts (subject) WHERE "replacedAt" IS NULL;
CREATE INDEX content_texts_notices ON content_texts ("shownFrom" DESC, subject DESC)
  WHERE "replacedAt" IS NULL AND kind <> 'page';
-- One rating stands for a dossier; figures are counted from those that stand.
CREATE UNIQUE INDEX ratings_standing ON ratings ("dossierId") WHERE "replacedAt" IS NULL;
CREATE INDEX ratings_by_time ON ratings (at) WHERE "replacedAt" IS NULL;
-- Levels are three, and nothing is told without the rating as a whole.
ALTER TABLE ratings ADD CONSTRAINT ratings_levels CHECK (overall BETWEEN 1 AND 3
  AND convenience BETWEEN 1 AND 3 AND timeliness BETWEEN 1 AND 3 AND attitude BETWEEN 1 AND 3);
-- A version may end; nothing of it may be altered, and none may be lost.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    REVOKE UPDATE, DELETE ON content_texts, ratings FROM app;
    GRANT UPDATE ("replacedAt") ON content_texts TO app;
    GRANT UPDATE ("replacedAt") ON ratings TO app;
  END IF;
END $$;
