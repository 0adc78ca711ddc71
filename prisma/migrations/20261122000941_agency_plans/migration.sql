-- CreateEnum
CREATE TYPE "AgencyPlanState" AS ENUM ('planned', 'done', 'refused', 'cancelled');

-- CreateTable
CREATE TABLE "agency_plans" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "effectiveOn" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "wanted" JSONB NOT NULL,
    "state" "AgencyPlanState" NOT NULL DEFAULT 'planned',
    "refusal" JSONB,
    "plannedAt" TIMESTAMPTZ(3) NOT NULL,
    "plannedById" UUID NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "agency_plans_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "agency_plans_agencyId_idx" ON "agency_plans"("agencyId");

-- One thing at a time is planned for an agency; what could not be done stands until somebody calls it off.
CREATE UNIQUE INDEX "agency_plans_standing" ON "agency_plans"("agencyId") WHERE state IN ('planned', 'refused');

-- AddForeignKey
ALTER TABLE "agency_plans" ADD CONSTRAINT "agency_plans_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was planned is told, not rewritten: only what became of it is added.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    REVOKE UPDATE, DELETE ON agency_plans FROM app;
    GRANT UPDATE ("state", "refusal", "endedAt") ON agency_plans TO app;
  END IF;
END $$;
