-- CreateEnum
CREATE TYPE "MailState" AS ENUM ('waiting', 'sent', 'failed', 'no_address', 'unwanted', 'no_server', 'too_late');

-- CreateTable
CREATE TABLE "notifications" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "causeId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "dossierId" UUID,
    "draftId" UUID,
    "procedureVersionId" UUID NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "mail" "MailState" NOT NULL,
    "mailAttempts" INTEGER NOT NULL DEFAULT 0,
    "mailSettledAt" TIMESTAMPTZ(3),
    "mailFault" TEXT,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_choices" (
    "accountId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "wanted" BOOLEAN NOT NULL,

    CONSTRAINT "mail_choices_pkey" PRIMARY KEY ("accountId","kind")
);

-- CreateIndex
CREATE INDEX "notifications_accountId_at_id_idx" ON "notifications"("accountId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notifications_dossierId_idx" ON "notifications"("dossierId");

-- CreateIndex
CREATE INDEX "notifications_draftId_idx" ON "notifications"("draftId");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_causeId_accountId_kind_key" ON "notifications"("causeId", "accountId", "kind");

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "drafts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_procedureVersionId_fkey" FOREIGN KEY ("procedureVersionId") REFERENCES "procedure_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail_choices" ADD CONSTRAINT "mail_choices_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Every page of somebody who is signed in counts what they have not read; what was read, the bulk of it, is not in here.
CREATE INDEX notifications_unread ON notifications ("accountId") WHERE "readAt" IS NULL;
