-- Who signed in how, what was done and read, and by which proof: events of security, second factors, devices, codes.

-- CreateTable
CREATE TABLE "security_events" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "accountId" UUID,
    "aboutId" UUID,
    "dossierId" UUID,
    "address" TEXT,
    "device" TEXT,
    "requestId" TEXT,
    "params" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "security_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "second_factors" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "secret" TEXT,
    "lastStep" INTEGER,
    "credentialId" TEXT,
    "publicKey" BYTEA,
    "counter" BIGINT NOT NULL DEFAULT 0,
    "transports" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "second_factors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "accountId" UUID NOT NULL,
    "codeHash" TEXT NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("accountId","codeHash")
);

-- CreateTable
CREATE TABLE "known_devices" (
    "tokenHash" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_devices_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "one_time_codes" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "former_passwords" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "former_passwords_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "electronic_identities" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "personalId" TEXT,
    "linkedAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "electronic_identities_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "isAuditor" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "passwordChangedAt" TIMESTAMPTZ(3),
ADD COLUMN     "emailProvenAt" TIMESTAMPTZ(3),
ADD COLUMN     "phoneProvenAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "security_events_at_idx" ON "security_events"("at");

-- CreateIndex
CREATE INDEX "security_events_accountId_at_idx" ON "security_events"("accountId", "at");

-- CreateIndex
CREATE INDEX "second_factors_accountId_idx" ON "second_factors"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "second_factors_credentialId_key" ON "second_factors"("credentialId");

-- CreateIndex
CREATE INDEX "known_devices_accountId_idx" ON "known_devices"("accountId");

-- CreateIndex
CREATE INDEX "one_time_codes_accountId_purpose_idx" ON "one_time_codes"("accountId", "purpose");

-- CreateIndex
CREATE INDEX "former_passwords_accountId_at_idx" ON "former_passwords"("accountId", "at");

-- CreateIndex
CREATE INDEX "electronic_identities_accountId_idx" ON "electronic_identities"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "electronic_identities_issuer_subject_key" ON "electronic_identities"("issuer", "subject");

-- AddForeignKey
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "one_time_codes" ADD CONSTRAINT "one_time_codes_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "former_passwords" ADD CONSTRAINT "former_passwords_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "electronic_identities" ADD CONSTRAINT "electronic_identities_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Most events are about no dossier and nobody else: only those that are, are looked for by them.
CREATE INDEX "security_events_dossierId_at_idx" ON "security_events"("dossierId", "at") WHERE "dossierId" IS NOT NULL;
CREATE INDEX "security_events_aboutId_at_idx" ON "security_events"("aboutId", "at") WHERE "aboutId" IS NOT NULL;

-- All of somebody's sessions: listed, and ended at once.
CREATE INDEX "sessions_owner_idx" ON "sessions" ((sess->'passport'->>'user')) WHERE sess->'passport'->>'user' IS NOT NULL;

-- What happened is told, not rewritten: not even by the owner of the table.
CREATE TRIGGER security_events_no_update BEFORE UPDATE ON security_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER security_events_no_truncate BEFORE TRUNCATE ON security_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The only way in which events go: those older than a term of at least twelve months.
CREATE FUNCTION expire_security_events(keep_months int, at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
  IF keep_months < 12 OR at > now() + interval '1 hour' THEN
    RAISE EXCEPTION 'events of security are kept for twelve months at least';
  END IF;
  DELETE FROM security_events e WHERE e.at < expire_security_events.at - make_interval(months => keep_months);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;

DO $$
BEGIN
  REVOKE ALL ON FUNCTION expire_security_events(int, timestamptz) FROM PUBLIC;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON security_events FROM app;
    GRANT EXECUTE ON FUNCTION expire_security_events(int, timestamptz) TO app;
  END IF;
END $$;
