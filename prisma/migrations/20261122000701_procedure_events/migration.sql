-- What was done to a configured procedure, by whom and why.

-- CreateTable
CREATE TABLE "procedure_events" (
    "id" UUID NOT NULL,
    "procedureId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "did" TEXT NOT NULL,
    "versionId" UUID,
    "reason" TEXT,
    "params" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "procedure_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "procedure_events_versionId_key" ON "procedure_events"("versionId");

-- CreateIndex
CREATE INDEX "procedure_events_procedureId_at_idx" ON "procedure_events"("procedureId", "at" DESC);

-- AddForeignKey
ALTER TABLE "procedure_events" ADD CONSTRAINT "procedure_events_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "procedures"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "procedure_events" ADD CONSTRAINT "procedure_events_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "procedure_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "procedure_events" ADD CONSTRAINT "procedure_events_byId_fkey" FOREIGN KEY ("byId") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- What was done is told, not rewritten.
    REVOKE UPDATE, DELETE ON procedure_events FROM app;
  END IF;
END $$;
