CREATE EXTENSION IF NOT EXISTS pg_trgm;


-- CreateEnum
CREATE TYPE "AccountKind" AS ENUM ('citizen', 'officer', 'admin', 'technical');

-- CreateEnum
CREATE TYPE "IdentityLevel" AS ENUM ('declared', 'verified');

-- CreateEnum
CREATE TYPE "CalendarDayKind" AS ENUM ('off', 'working');

-- CreateEnum
CREATE TYPE "IssuedPaperState" AS ENUM ('pending', 'ready');

-- CreateEnum
CREATE TYPE "ResultState" AS ENUM ('draft', 'issued', 'revoked');

-- CreateEnum
CREATE TYPE "DossierStatus" AS ENUM ('submitted', 'intake_supplement', 'declined', 'received', 'processing', 'awaiting_supplement', 'awaiting_obligation', 'withdrawn', 'stopped', 'refused', 'completed', 'delivered');

-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('online', 'counter', 'post');

-- CreateEnum
CREATE TYPE "ReturnMethod" AS ENUM ('online', 'counter', 'post');

-- CreateEnum
CREATE TYPE "PartyRole" AS ENUM ('applicant', 'owner');

-- CreateEnum
CREATE TYPE "ScanState" AS ENUM ('none', 'clean', 'infected');

-- CreateEnum
CREATE TYPE "AgencyLevel" AS ENUM ('ministry', 'province', 'district', 'commune', 'other');

-- CreateEnum
CREATE TYPE "FiledAt" AS ENUM ('own', 'national', 'ministry');

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL,
    "kind" "AccountKind" NOT NULL,
    "username" TEXT NOT NULL,
    "email" TEXT,
    "passwordHash" TEXT,
    "displayName" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'vi',
    "mustChangePassword" BOOLEAN NOT NULL DEFAULT false,
    "activationTokenHash" TEXT,
    "activationExpiresAt" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),
    "lastSignInAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "citizen_profiles" (
    "accountId" UUID NOT NULL,
    "fullName" TEXT NOT NULL,
    "personalId" TEXT,
    "identityLevel" "IdentityLevel" NOT NULL DEFAULT 'declared',
    "birthDate" TEXT,
    "gender" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "communeCode" TEXT,
    "addressLine" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "citizen_profiles_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "sessions" (
    "sid" TEXT NOT NULL,
    "sess" JSON NOT NULL,
    "expire" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("sid")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "calendar_days" (
    "date" TEXT NOT NULL,
    "kind" "CalendarDayKind" NOT NULL,
    "name" TEXT NOT NULL,
    "confidence" TEXT NOT NULL,
    "source" TEXT,

    CONSTRAINT "calendar_days_pkey" PRIMARY KEY ("date")
);

-- CreateTable
CREATE TABLE "issued_papers" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "series" TEXT NOT NULL,
    "templateVersion" INTEGER NOT NULL,
    "snapshot" JSONB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "state" "IssuedPaperState" NOT NULL DEFAULT 'pending',
    "storageKey" TEXT,
    "size" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "readyAt" TIMESTAMPTZ(3),

    CONSTRAINT "issued_papers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "number_series" (
    "series" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "number_series_pkey" PRIMARY KEY ("series","year")
);

-- CreateTable
CREATE TABLE "results" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "code" TEXT,
    "title" TEXT NOT NULL,
    "number" TEXT,
    "issuerAgencyId" UUID NOT NULL,
    "signerName" TEXT,
    "issuedOn" TEXT,
    "validUntil" TEXT,
    "state" "ResultState" NOT NULL DEFAULT 'draft',
    "fileName" TEXT,
    "size" INTEGER,
    "mediaType" TEXT,
    "sha256" TEXT,
    "storageKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "results_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drafts" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "procedureId" UUID NOT NULL,
    "procedureVersionId" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "caseId" TEXT,
    "answers" JSONB NOT NULL DEFAULT '{}',
    "returnMethod" "ReturnMethod",
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "filings" (
    "id" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "filings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dossiers" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "code" TEXT,
    "filingId" UUID,
    "draftId" UUID,
    "procedureId" UUID NOT NULL,
    "procedureVersionId" UUID NOT NULL,
    "receivingAgencyId" UUID NOT NULL,
    "caseId" TEXT,
    "channel" "Channel" NOT NULL,
    "returnMethod" "ReturnMethod" NOT NULL,
    "applicantAccountId" UUID,
    "linkCodeHash" TEXT,
    "status" "DossierStatus" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "lastEventSeq" INTEGER NOT NULL DEFAULT 0,
    "lastEventHash" TEXT NOT NULL DEFAULT '',
    "submittedAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3),
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "clockStartedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "originalDueAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "dueExplanation" JSONB,

    CONSTRAINT "dossiers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dossier_parties" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "role" "PartyRole" NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'person',
    "fullName" TEXT NOT NULL,
    "searchName" TEXT NOT NULL,
    "personalId" TEXT,
    "taxCode" TEXT,
    "birthDate" TEXT,
    "gender" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "communeCode" TEXT,
    "address" TEXT,

    CONSTRAINT "dossier_parties_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer_revisions" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "answers" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,

    CONSTRAINT "answer_revisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "step_runs" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "stepId" TEXT NOT NULL,
    "branch" TEXT,
    "lead" BOOLEAN NOT NULL,
    "role" TEXT NOT NULL,
    "agencyId" UUID NOT NULL,
    "unitId" UUID,
    "assigneeId" UUID,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "closedById" UUID,
    "outcome" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "step_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dossier_events" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" UUID,
    "agencyId" UUID,
    "stepRunId" UUID,
    "status" "DossierStatus" NOT NULL,
    "payload" JSONB NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "dossier_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dossier_notes" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "authorId" UUID,
    "public" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dossier_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_counters" (
    "agencyId" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "code_counters_pkey" PRIMARY KEY ("agencyId","day")
);

-- CreateTable
CREATE TABLE "fee_lines" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "feeId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "fee_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "draftId" UUID,
    "dossierId" UUID,
    "requirementId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,
    "scanState" "ScanState" NOT NULL DEFAULT 'none',
    "uploadedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "received_papers" (
    "id" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "requirementId" TEXT NOT NULL,
    "originals" INTEGER NOT NULL DEFAULT 0,
    "copies" INTEGER NOT NULL DEFAULT 0,
    "electronic" INTEGER NOT NULL DEFAULT 0,
    "later" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "received_papers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "administrative_units" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fullName" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "level" "AgencyLevel" NOT NULL,
    "parentCode" TEXT,
    "searchName" TEXT NOT NULL,
    "validFrom" TEXT,
    "validTo" TEXT,

    CONSTRAINT "administrative_units_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "former_wards" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "districtName" TEXT NOT NULL,
    "provinceName" TEXT NOT NULL,
    "currentCode" TEXT NOT NULL,
    "searchName" TEXT NOT NULL,

    CONSTRAINT "former_wards_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "agencies" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "level" "AgencyLevel" NOT NULL,
    "functions" TEXT[],
    "name" TEXT NOT NULL,
    "shortName" TEXT NOT NULL,
    "address" TEXT,
    "phone" TEXT,
    "unitCode" TEXT,
    "parentId" UUID,
    "successorId" UUID,
    "officeHours" JSONB,
    "validFrom" TEXT,
    "validTo" TEXT,

    CONSTRAINT "agencies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "units" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "units_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postings" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "unitId" UUID,
    "role" TEXT NOT NULL,
    "title" TEXT,
    "validFrom" TEXT,
    "validTo" TEXT,

    CONSTRAINT "postings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "procedures" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "procedures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "procedure_versions" (
    "id" UUID NOT NULL,
    "procedureId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "schemaVersion" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "effectiveFrom" TIMESTAMPTZ(3) NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "procedure_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offerings" (
    "id" UUID NOT NULL,
    "procedureId" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "filedAt" "FiledAt" NOT NULL DEFAULT 'own',
    "externalUrl" TEXT,
    "channels" TEXT[],
    "validFrom" TEXT NOT NULL,
    "validTo" TEXT,

    CONSTRAINT "offerings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "national_records" (
    "code" TEXT NOT NULL,
    "raw" JSONB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "warnings" TEXT[],
    "runId" UUID NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "national_records_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "import_runs" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "read" INTEGER NOT NULL DEFAULT 0,
    "stored" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "warnings" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "import_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue_entries" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sector" TEXT,
    "agencyName" TEXT,
    "levels" TEXT[],
    "subjects" TEXT[],
    "serviceLevel" TEXT NOT NULL,
    "configured" BOOLEAN NOT NULL,
    "filedAt" "FiledAt",
    "keywords" TEXT NOT NULL DEFAULT '',
    "searchName" TEXT NOT NULL,
    "searchText" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "catalogue_entries_pkey" PRIMARY KEY ("code")
);

-- CreateIndex
CREATE UNIQUE INDEX "accounts_username_key" ON "accounts"("username");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_email_key" ON "accounts"("email");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_activationTokenHash_key" ON "accounts"("activationTokenHash");

-- CreateIndex
CREATE INDEX "citizen_profiles_personalId_idx" ON "citizen_profiles"("personalId");

-- CreateIndex
CREATE INDEX "sessions_expire_idx" ON "sessions"("expire");

-- CreateIndex
CREATE UNIQUE INDEX "issued_papers_token_key" ON "issued_papers"("token");

-- CreateIndex
CREATE UNIQUE INDEX "issued_papers_series_year_number_key" ON "issued_papers"("series", "year", "number");

-- CreateIndex
CREATE UNIQUE INDEX "issued_papers_dossierId_kind_key" ON "issued_papers"("dossierId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "results_storageKey_key" ON "results"("storageKey");

-- CreateIndex
CREATE INDEX "results_dossierId_idx" ON "results"("dossierId");

-- CreateIndex
CREATE INDEX "drafts_accountId_updatedAt_idx" ON "drafts"("accountId", "updatedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "dossiers_reference_key" ON "dossiers"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "dossiers_code_key" ON "dossiers"("code");

-- CreateIndex
CREATE UNIQUE INDEX "dossiers_draftId_key" ON "dossiers"("draftId");

-- CreateIndex
CREATE INDEX "dossiers_applicantAccountId_submittedAt_idx" ON "dossiers"("applicantAccountId", "submittedAt" DESC);

-- CreateIndex
CREATE INDEX "dossiers_receivingAgencyId_status_submittedAt_id_idx" ON "dossiers"("receivingAgencyId", "status", "submittedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "dossiers_procedureId_submittedAt_idx" ON "dossiers"("procedureId", "submittedAt");

-- CreateIndex
CREATE INDEX "dossiers_submittedAt_idx" ON "dossiers" USING BRIN ("submittedAt");

-- CreateIndex
CREATE INDEX "dossier_parties_personalId_idx" ON "dossier_parties"("personalId");

-- CreateIndex
CREATE UNIQUE INDEX "dossier_parties_dossierId_role_key" ON "dossier_parties"("dossierId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "answer_revisions_dossierId_number_key" ON "answer_revisions"("dossierId", "number");

-- CreateIndex
CREATE INDEX "step_runs_dossierId_openedAt_idx" ON "step_runs"("dossierId", "openedAt");

-- CreateIndex
CREATE INDEX "dossier_events_type_at_idx" ON "dossier_events"("type", "at");

-- CreateIndex
CREATE UNIQUE INDEX "dossier_events_dossierId_seq_key" ON "dossier_events"("dossierId", "seq");

-- CreateIndex
CREATE INDEX "dossier_notes_dossierId_at_idx" ON "dossier_notes"("dossierId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "fee_lines_dossierId_feeId_key" ON "fee_lines"("dossierId", "feeId");

-- CreateIndex
CREATE UNIQUE INDEX "attachments_storageKey_key" ON "attachments"("storageKey");

-- CreateIndex
CREATE INDEX "attachments_draftId_idx" ON "attachments"("draftId");

-- CreateIndex
CREATE INDEX "attachments_dossierId_idx" ON "attachments"("dossierId");

-- CreateIndex
CREATE UNIQUE INDEX "received_papers_dossierId_requirementId_key" ON "received_papers"("dossierId", "requirementId");

-- CreateIndex
CREATE INDEX "administrative_units_parentCode_searchName_idx" ON "administrative_units"("parentCode", "searchName");

-- CreateIndex
CREATE INDEX "former_wards_currentCode_idx" ON "former_wards"("currentCode");

-- CreateIndex
CREATE UNIQUE INDEX "agencies_identifier_key" ON "agencies"("identifier");

-- CreateIndex
CREATE INDEX "agencies_parentId_idx" ON "agencies"("parentId");

-- CreateIndex
CREATE INDEX "agencies_kind_unitCode_idx" ON "agencies"("kind", "unitCode");

-- CreateIndex
CREATE UNIQUE INDEX "units_agencyId_name_key" ON "units"("agencyId", "name");

-- CreateIndex
CREATE INDEX "postings_agencyId_role_idx" ON "postings"("agencyId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "postings_accountId_agencyId_role_key" ON "postings"("accountId", "agencyId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "procedures_code_key" ON "procedures"("code");

-- CreateIndex
CREATE INDEX "procedure_versions_procedureId_effectiveFrom_idx" ON "procedure_versions"("procedureId", "effectiveFrom" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "procedure_versions_procedureId_number_key" ON "procedure_versions"("procedureId", "number");

-- CreateIndex
CREATE INDEX "offerings_agencyId_idx" ON "offerings"("agencyId");

-- CreateIndex
CREATE UNIQUE INDEX "offerings_procedureId_agencyId_validFrom_key" ON "offerings"("procedureId", "agencyId", "validFrom");

-- CreateIndex
CREATE INDEX "catalogue_entries_sector_idx" ON "catalogue_entries"("sector");

-- CreateIndex
CREATE INDEX "catalogue_entries_searchName_idx" ON "catalogue_entries" USING GIN ("searchName" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "catalogue_entries_levels_idx" ON "catalogue_entries" USING GIN ("levels");

-- CreateIndex
CREATE INDEX "catalogue_entries_subjects_idx" ON "catalogue_entries" USING GIN ("subjects");

-- AddForeignKey
ALTER TABLE "citizen_profiles" ADD CONSTRAINT "citizen_profiles_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issued_papers" ADD CONSTRAINT "issued_papers_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_issuerAgencyId_fkey" FOREIGN KEY ("issuerAgencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "procedures"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_procedureVersionId_fkey" FOREIGN KEY ("procedureVersionId") REFERENCES "procedure_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_filingId_fkey" FOREIGN KEY ("filingId") REFERENCES "filings"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "procedures"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_procedureVersionId_fkey" FOREIGN KEY ("procedureVersionId") REFERENCES "procedure_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_receivingAgencyId_fkey" FOREIGN KEY ("receivingAgencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_applicantAccountId_fkey" FOREIGN KEY ("applicantAccountId") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_parties" ADD CONSTRAINT "dossier_parties_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer_revisions" ADD CONSTRAINT "answer_revisions_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_runs" ADD CONSTRAINT "step_runs_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_runs" ADD CONSTRAINT "step_runs_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_runs" ADD CONSTRAINT "step_runs_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_runs" ADD CONSTRAINT "step_runs_assigneeId_fkey" FOREIGN KEY ("assigneeId") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_events" ADD CONSTRAINT "dossier_events_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_notes" ADD CONSTRAINT "dossier_notes_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "code_counters" ADD CONSTRAINT "code_counters_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fee_lines" ADD CONSTRAINT "fee_lines_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "drafts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "received_papers" ADD CONSTRAINT "received_papers_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "administrative_units" ADD CONSTRAINT "administrative_units_parentCode_fkey" FOREIGN KEY ("parentCode") REFERENCES "administrative_units"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agencies" ADD CONSTRAINT "agencies_unitCode_fkey" FOREIGN KEY ("unitCode") REFERENCES "administrative_units"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agencies" ADD CONSTRAINT "agencies_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "agencies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agencies" ADD CONSTRAINT "agencies_successorId_fkey" FOREIGN KEY ("successorId") REFERENCES "agencies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "units" ADD CONSTRAINT "units_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postings" ADD CONSTRAINT "postings_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postings" ADD CONSTRAINT "postings_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postings" ADD CONSTRAINT "postings_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "procedure_versions" ADD CONSTRAINT "procedure_versions_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "procedures"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "procedures"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "national_records" ADD CONSTRAINT "national_records_runId_fkey" FOREIGN KEY ("runId") REFERENCES "import_runs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's schema cannot say: partial indexes, text search, checks, append-only tables, roles.


-- Exactly one open step leads a dossier (D1).
CREATE UNIQUE INDEX step_runs_one_open_lead ON step_runs ("dossierId") WHERE lead AND "closedAt" IS NULL;
-- Worklists read open work only, so that they stay as small as the work, however many years pile up.
CREATE INDEX step_runs_open_by_place ON step_runs ("agencyId", role, "dueAt", id) WHERE "closedAt" IS NULL;
CREATE INDEX step_runs_open_by_assignee ON step_runs ("assigneeId", "dueAt", id) WHERE "closedAt" IS NULL;
CREATE INDEX dossiers_waiting_at_desk ON dossiers ("receivingAgencyId", "submittedAt", id) WHERE status = 'submitted';
CREATE INDEX dossiers_waiting_for_delivery ON dossiers ("receivingAgencyId", "finishedAt", id) WHERE status = 'completed';
CREATE INDEX dossiers_open_by_due ON dossiers ("receivingAgencyId", "dueAt", id) WHERE "finishedAt" IS NULL;

-- An expression keeps the prefix index out of Prisma's sight, which cannot express its operator class.
CREATE INDEX dossier_parties_name_prefix ON dossier_parties (("searchName" || '') text_pattern_ops);
CREATE INDEX catalogue_entries_text ON catalogue_entries USING gin (to_tsvector('simple', "searchText"));

ALTER TABLE attachments ADD CONSTRAINT attachments_one_home CHECK (num_nonnulls("draftId", "dossierId") <= 1);
ALTER TABLE fee_lines ADD CONSTRAINT fee_lines_not_negative CHECK (amount >= 0 AND quantity >= 1);
ALTER TABLE code_counters ADD CONSTRAINT code_counters_positive CHECK (value >= 1);
-- A code exists if and only if the dossier was accepted.
ALTER TABLE dossiers ADD CONSTRAINT dossiers_code_on_acceptance CHECK ((code IS NULL) = ("acceptedAt" IS NULL));

-- History is only ever added to, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER dossier_events_append_only BEFORE UPDATE OR DELETE ON dossier_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dossier_events_no_truncate BEFORE TRUNCATE ON dossier_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- A published version never changes: dossiers are pinned to it.
CREATE TRIGGER procedure_versions_frozen BEFORE UPDATE OR DELETE ON procedure_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The queue belongs to the owner; the application may only add to it (D9).
CREATE FUNCTION enqueue_job(task text, payload json, job_key text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (graphile_worker.add_job(task, payload, job_key => enqueue_job.job_key, max_attempts => 12)).id;
END $$;
REVOKE ALL ON FUNCTION enqueue_job(text, json, text) FROM PUBLIC;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app')
     AND (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) THEN
    CREATE ROLE app NOLOGIN;
  END IF;
  -- Where one role does everything (a managed database), the triggers above still hold.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    GRANT USAGE ON SCHEMA public TO app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app;
    REVOKE UPDATE, DELETE ON dossier_events, procedure_versions FROM app;
    GRANT EXECUTE ON FUNCTION enqueue_job(text, json, text) TO app;
  END IF;
END $$;
