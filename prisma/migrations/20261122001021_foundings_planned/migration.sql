-- An agency that is not there yet may be planned, too: the plan knows it by its identifier.
ALTER TABLE "agency_plans" ALTER COLUMN "agencyId" DROP NOT NULL;
ALTER TABLE agency_plans ADD CONSTRAINT agency_plans_of CHECK ((kind = 'founded') = ("agencyId" IS NULL));

-- One standing plan for one identifier.
CREATE UNIQUE INDEX agency_plans_founding ON agency_plans ((wanted->>'identifier')) WHERE kind = 'founded' AND state IN ('planned', 'refused');
