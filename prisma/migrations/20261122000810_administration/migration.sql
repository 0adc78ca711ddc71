-- Administration of agencies and people: what was done to them, whose administrator somebody is, counters of a desk.

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN "adminAgencyId" UUID;

-- AlterTable
ALTER TABLE "units" ADD COLUMN "closedOn" TEXT;

-- CreateTable
CREATE TABLE "counters" (
    "id" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "closedOn" TEXT,

    CONSTRAINT "counters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "office_events" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "did" TEXT NOT NULL,
    "agencyId" UUID,
    "accountId" UUID,
    "effectiveOn" TEXT,
    "reason" TEXT,
    "before" JSONB NOT NULL DEFAULT '{}',
    "after" JSONB NOT NULL DEFAULT '{}',
    "undoesId" UUID,

    CONSTRAINT "office_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "counters_unitId_number_key" ON "counters"("unitId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "office_events_undoesId_key" ON "office_events"("undoesId");

-- CreateIndex
CREATE INDEX "office_events_agencyId_at_idx" ON "office_events"("agencyId", "at" DESC);

-- CreateIndex
CREATE INDEX "office_events_accountId_at_idx" ON "office_events"("accountId", "at" DESC);

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_adminAgencyId_fkey" FOREIGN KEY ("adminAgencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "counters" ADD CONSTRAINT "counters_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office_events" ADD CONSTRAINT "office_events_byId_fkey" FOREIGN KEY ("byId") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office_events" ADD CONSTRAINT "office_events_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office_events" ADD CONSTRAINT "office_events_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office_events" ADD CONSTRAINT "office_events_undoesId_fkey" FOREIGN KEY ("undoesId") REFERENCES "office_events"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Only an administrator is of an agency.
ALTER TABLE accounts ADD CONSTRAINT accounts_admin_agency CHECK ("adminAgencyId" IS NULL OR kind = 'admin');

-- What fold() of the portal makes of a text: lower case, no diacritics, single spaces.
CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(lower(translate(regexp_replace(normalize($1, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd')), '[^[:alnum:]]+', ' ', 'g'))
$$;
-- Forty thousand officers by name, and by any part of their name or sign-in name, past a million citizens.
CREATE INDEX accounts_staff ON accounts (fold("displayName"), id) WHERE kind IN ('officer', 'admin');
CREATE INDEX accounts_staff_words ON accounts USING gin ((fold("displayName") || ' ' || username) gin_trgm_ops)
  WHERE kind IN ('officer', 'admin');

-- The identifier is part of every code that the agency gave: it may be put right only before the first one.
CREATE FUNCTION keep_agency_identifier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM code_counters WHERE "agencyId" = OLD.id) THEN
    RAISE EXCEPTION 'the identifier of an agency that gave codes stays' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agencies_keep_identifier BEFORE UPDATE OF identifier ON agencies
  FOR EACH ROW WHEN (OLD.identifier <> NEW.identifier) EXECUTE FUNCTION keep_agency_identifier();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- What was done is told, not rewritten.
    REVOKE UPDATE, DELETE ON office_events FROM app;
    -- Closed agencies stay: old dossiers name them, and their identifiers are nobody else's.
    REVOKE DELETE ON agencies FROM app;
  END IF;
END $$;
