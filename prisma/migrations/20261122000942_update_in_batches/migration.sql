-- What somebody decided on a line of the catalogue; `accepted` follows when it is carried out.
ALTER TABLE "catalogue_proposals" ADD COLUMN "wanted" BOOLEAN;
UPDATE catalogue_proposals SET wanted = accepted WHERE "decidedAt" IS NOT NULL;

-- What is decided and not carried out yet.
CREATE INDEX "catalogue_proposals_waiting" ON "catalogue_proposals"("updateId", "code") WHERE "wanted" IS NOT NULL AND "accepted" IS NULL;
