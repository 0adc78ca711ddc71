-- The officers' work: saved views, acts on many dossiers, assignment by rule, deputies, who is looking, and the indexes
-- by which lists stay fast however many years pile up.

-- CreateTable
CREATE TABLE "work_views" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "sharedUnitId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "work_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_columns" (
    "accountId" UUID NOT NULL,
    "columns" TEXT[],

    CONSTRAINT "work_columns_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "work_batches" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "formKey" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "work_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_batch_items" (
    "batchId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "dossierId" UUID NOT NULL,
    "done" BOOLEAN,
    "reason" TEXT,
    "params" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "work_batch_items_pkey" PRIMARY KEY ("batchId","number")
);

-- CreateTable
CREATE TABLE "assignment_rules" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "procedureId" UUID,
    "stepId" TEXT,
    "method" TEXT NOT NULL,
    "lastId" UUID,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "assignment_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignment_areas" (
    "ruleId" UUID NOT NULL,
    "communeCode" TEXT NOT NULL,
    "accountId" UUID NOT NULL,

    CONSTRAINT "assignment_areas_pkey" PRIMARY KEY ("ruleId","communeCode")
);

-- CreateTable
CREATE TABLE "delegations" (
    "id" UUID NOT NULL,
    "absentId" UUID NOT NULL,
    "deputyId" UUID NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedById" UUID,

    CONSTRAINT "delegations_pkey" PRIMARY KEY ("id")
);

-- Unlogged by hand: a minute and a half of hints is not worth a line of the journal.
CREATE UNLOGGED TABLE "dossier_presence" (
    "dossierId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dossier_presence_pkey" PRIMARY KEY ("dossierId","accountId")
);

-- CreateTable
CREATE TABLE "dossier_places" (
    "agencyId" UUID NOT NULL,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL,
    "dossierId" UUID NOT NULL,

    CONSTRAINT "dossier_places_pkey" PRIMARY KEY ("agencyId","submittedAt","dossierId")
);

-- CreateIndex
CREATE INDEX "work_views_sharedUnitId_idx" ON "work_views"("sharedUnitId");

-- CreateIndex
CREATE UNIQUE INDEX "work_views_accountId_name_key" ON "work_views"("accountId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "work_batches_formKey_key" ON "work_batches"("formKey");

-- CreateIndex
CREATE INDEX "work_batches_accountId_createdAt_idx" ON "work_batches"("accountId", "createdAt");

-- CreateIndex
CREATE INDEX "delegations_deputyId_to_idx" ON "delegations"("deputyId", "to");

-- CreateIndex
CREATE INDEX "delegations_absentId_to_idx" ON "delegations"("absentId", "to");

-- CreateIndex
CREATE INDEX "dossier_presence_accountId_idx" ON "dossier_presence"("accountId");

-- CreateIndex
CREATE INDEX "dossier_parties_phone_idx" ON "dossier_parties"("phone");

-- CreateIndex
CREATE INDEX "dossier_parties_searchName_idx" ON "dossier_parties" USING GIN ("searchName" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "work_views" ADD CONSTRAINT "work_views_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_views" ADD CONSTRAINT "work_views_sharedUnitId_fkey" FOREIGN KEY ("sharedUnitId") REFERENCES "units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_columns" ADD CONSTRAINT "work_columns_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_batches" ADD CONSTRAINT "work_batches_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_batch_items" ADD CONSTRAINT "work_batch_items_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "work_batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment_rules" ADD CONSTRAINT "assignment_rules_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment_rules" ADD CONSTRAINT "assignment_rules_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "procedures"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment_areas" ADD CONSTRAINT "assignment_areas_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "assignment_rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment_areas" ADD CONSTRAINT "assignment_areas_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_absentId_fkey" FOREIGN KEY ("absentId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_deputyId_fkey" FOREIGN KEY ("deputyId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_presence" ADD CONSTRAINT "dossier_presence_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
ALTER TABLE delegations ADD CONSTRAINT delegations_forward CHECK ("to" >= "from" AND "absentId" <> "deputyId");
ALTER TABLE assignment_rules ADD CONSTRAINT assignment_rules_method CHECK (method IN ('turn', 'load', 'area'));
-- One rule for a role at an agency, and one for each single step.
CREATE UNIQUE INDEX assignment_rules_one ON assignment_rules ("agencyId", role, coalesce("procedureId"::text, ''), coalesce("stepId", ''));

-- Rows that the portal's own triggers keep: whoever opens a step or files a dossier makes it visible there.
CREATE FUNCTION note_dossier_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'dossiers' THEN
    INSERT INTO dossier_places VALUES (NEW."receivingAgencyId", NEW."submittedAt", NEW.id) ON CONFLICT DO NOTHING;
  ELSE
    INSERT INTO dossier_places
    SELECT NEW."agencyId", d."submittedAt", d.id FROM dossiers d WHERE d.id = NEW."dossierId" ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER dossiers_place AFTER INSERT ON dossiers FOR EACH ROW EXECUTE FUNCTION note_dossier_place();
CREATE TRIGGER step_runs_place AFTER INSERT ON step_runs FOR EACH ROW EXECUTE FUNCTION note_dossier_place();
INSERT INTO dossier_places SELECT "receivingAgencyId", "submittedAt", id FROM dossiers
  UNION SELECT r."agencyId", d."submittedAt", d.id FROM step_runs r JOIN dossiers d ON d.id = r."dossierId";

-- Counts are read from the index alone: who has a step, of which unit, and whether it waits, come along.
DROP INDEX step_runs_open_by_place;
CREATE INDEX step_runs_open_by_place ON step_runs ("agencyId", role, "dueAt", id)
  INCLUDE ("assigneeId", "unitId", "pausedAt") WHERE "closedAt" IS NULL;
CREATE INDEX step_runs_open_by_unit ON step_runs ("unitId", "dueAt", id) INCLUDE ("pausedAt") WHERE "closedAt" IS NULL;
-- An agency's archive, the newest first.
CREATE INDEX dossiers_closed ON dossiers ("receivingAgencyId", "submittedAt", id)
  WHERE status IN ('declined', 'refused', 'delivered', 'withdrawn', 'stopped');
-- The beginning of a code; an expression keeps it out of Prisma's sight.
CREATE INDEX dossiers_code_prefix ON dossiers ((code || '') text_pattern_ops);
-- The trigrams of a name find its beginning, too.
DROP INDEX dossier_parties_name_prefix;

-- A step that somebody holds is their unit's.
UPDATE step_runs r SET "unitId" = p."unitId" FROM postings p
  WHERE r."closedAt" IS NULL AND p."accountId" = r."assigneeId" AND p."agencyId" = r."agencyId" AND p.role = r.role;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- Where a dossier was stays known.
    REVOKE UPDATE, DELETE ON dossier_places FROM app;
  END IF;
END $$;
