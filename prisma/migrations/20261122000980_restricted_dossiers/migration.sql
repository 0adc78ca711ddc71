-- A dossier that only named officers may see.

-- AlterTable
ALTER TABLE "dossiers" ADD COLUMN     "restricted" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "dossier_readers" (
    "dossierId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "namedById" UUID NOT NULL,
    "namedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dossier_readers_pkey" PRIMARY KEY ("dossierId","accountId")
);

-- CreateIndex
CREATE INDEX "dossier_readers_accountId_idx" ON "dossier_readers"("accountId");

-- AddForeignKey
ALTER TABLE "dossier_readers" ADD CONSTRAINT "dossier_readers_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_readers" ADD CONSTRAINT "dossier_readers_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: there are few, and every count of a list asks which they are.
CREATE INDEX dossiers_restricted ON dossiers (id) WHERE restricted;
