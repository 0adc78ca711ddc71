-- Filing in another's name, with a helper, at another desk; consents given and taken back, each a row of its own.

-- CreateEnum
CREATE TYPE "HelperRole" AS ENUM ('digital_team', 'desk_officer', 'village', 'post_office', 'other');

-- AlterTable
ALTER TABLE "dossier_parties" ADD COLUMN     "position" TEXT,
ADD COLUMN     "relationship" TEXT,
ADD COLUMN     "representative" TEXT;

-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "receivingAgencyId" UUID;

-- CreateTable
CREATE TABLE "dossier_helpers" (
    "dossierId" UUID NOT NULL,
    "fullName" TEXT NOT NULL,
    "role" "HelperRole" NOT NULL,
    "organization" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dossier_helpers_pkey" PRIMARY KEY ("dossierId")
);

-- CreateTable
CREATE TABLE "consents" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "textVersion" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_revocations" (
    "consentId" UUID NOT NULL,
    "revokedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_revocations_pkey" PRIMARY KEY ("consentId")
);

-- CreateTable
CREATE TABLE "owner_letters" (
    "dossierId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "mail" "MailState" NOT NULL,
    "mailAttempts" INTEGER NOT NULL DEFAULT 0,
    "mailSettledAt" TIMESTAMPTZ(3),
    "mailFault" TEXT,

    CONSTRAINT "owner_letters_pkey" PRIMARY KEY ("dossierId")
);

-- CreateIndex
CREATE INDEX "dossier_helpers_role_at_idx" ON "dossier_helpers"("role", "at");

-- CreateIndex
CREATE INDEX "consents_accountId_givenAt_idx" ON "consents"("accountId", "givenAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "consents_dossierId_purpose_key" ON "consents"("dossierId", "purpose");

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_receivingAgencyId_fkey" FOREIGN KEY ("receivingAgencyId") REFERENCES "agencies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_helpers" ADD CONSTRAINT "dossier_helpers_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_revocations" ADD CONSTRAINT "consent_revocations_consentId_fkey" FOREIGN KEY ("consentId") REFERENCES "consents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "owner_letters" ADD CONSTRAINT "owner_letters_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What somebody agreed to, and when they took it back, is proof: it is added to, never altered.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    REVOKE UPDATE, DELETE ON consents, consent_revocations FROM app;
  END IF;
END $$;
