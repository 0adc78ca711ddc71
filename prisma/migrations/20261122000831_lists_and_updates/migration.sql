-- CreateTable
CREATE TABLE "list_entries" (
    "list" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "removed" BOOLEAN NOT NULL DEFAULT false,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedById" UUID,

    CONSTRAINT "list_entries_pkey" PRIMARY KEY ("list","key")
);

-- CreateTable
CREATE TABLE "list_changes" (
    "id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "before" JSONB,
    "after" JSONB NOT NULL,

    CONSTRAINT "list_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_templates" (
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "titleVi" TEXT NOT NULL,
    "textVi" TEXT NOT NULL,
    "titleEn" TEXT NOT NULL,
    "textEn" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "mail_templates_pkey" PRIMARY KEY ("kind","number")
);

-- CreateTable
CREATE TABLE "catalogue_updates" (
    "id" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "lines" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "faults" JSONB NOT NULL DEFAULT '[]',
    "runId" UUID,

    CONSTRAINT "catalogue_updates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue_proposals" (
    "updateId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fields" TEXT[],
    "before" JSONB,
    "after" JSONB,
    "fingerprint" TEXT,
    "accepted" BOOLEAN,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" UUID,

    CONSTRAINT "catalogue_proposals_pkey" PRIMARY KEY ("updateId","code")
);

-- CreateIndex
CREATE INDEX "list_changes_at_idx" ON "list_changes"("at" DESC);

-- CreateIndex
CREATE INDEX "list_changes_list_key_idx" ON "list_changes"("list", "key");

-- CreateIndex
CREATE INDEX "catalogue_updates_readAt_idx" ON "catalogue_updates"("readAt" DESC);

-- CreateIndex
CREATE INDEX "catalogue_proposals_updateId_kind_code_idx" ON "catalogue_proposals"("updateId", "kind", "code");

-- One wording of a mail at a time.
CREATE UNIQUE INDEX "mail_templates_standing" ON "mail_templates"("kind") WHERE "replacedAt" IS NULL;

-- AddForeignKey
ALTER TABLE "catalogue_proposals" ADD CONSTRAINT "catalogue_proposals_updateId_fkey" FOREIGN KEY ("updateId") REFERENCES "catalogue_updates"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What changes a list or a mail is told, not rewritten.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    REVOKE UPDATE, DELETE ON list_changes FROM app;
    REVOKE DELETE ON list_entries FROM app;
    REVOKE UPDATE, DELETE ON mail_templates FROM app;
    GRANT UPDATE ("replacedAt") ON mail_templates TO app;
  END IF;
END $$;
