-- Counters of what each agency takes in and resolves: every act notes its difference in its own transaction, a job sums
-- them up. Counters and what is not summed up yet are, together, a count of the dossiers at any moment.

-- CreateTable
CREATE TABLE "dossier_tallies" (
    "agencyId" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "dossier_tallies_pkey" PRIMARY KEY ("agencyId","month","measure")
);

-- CreateTable
CREATE TABLE "dossier_tally_deltas" (
    "agencyId" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "delta" INTEGER NOT NULL
);

-- The only place that says where a dossier counts: months are those of Việt Nam, on time compares days (national
-- statistics); whoever is declined or voided was never received.
CREATE FUNCTION dossier_tally_cells(status text, channel text, accepted timestamptz, finished timestamptz, due timestamptz)
RETURNS TABLE (month text, measure text) LANGUAGE sql STABLE AS $$
  SELECT cell.month, cell.measure FROM (VALUES
    ('', CASE WHEN $1 IN ('submitted', 'intake_supplement', 'received', 'processing', 'awaiting_supplement', 'awaiting_obligation')
      THEN 'open.' || $1 END),
    (to_char($3 AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM'),
      CASE WHEN $1 NOT IN ('submitted', 'intake_supplement', 'declined', 'voided') THEN 'received.' || $2 END),
    (to_char($4 AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM'), CASE
      WHEN $1 IN ('declined', 'withdrawn', 'stopped', 'voided') THEN $1
      WHEN $1 NOT IN ('completed', 'delivered', 'refused') THEN NULL
      WHEN ($4 AT TIME ZONE 'Asia/Ho_Chi_Minh')::date > ($5 AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 'resolved.late'
      ELSE 'resolved.in_time' END)
  ) AS cell (month, measure) WHERE cell.month IS NOT NULL AND cell.measure IS NOT NULL
$$;

-- No schema is named: the portal's dossiers are counted in the portal, those of a trial in the trial.
CREATE FUNCTION note_dossier_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dossier_tally_deltas
    SELECT NEW."receivingAgencyId", c.month, c.measure, 1
    FROM dossier_tally_cells(NEW.status::text, NEW.channel::text, NEW."acceptedAt", NEW."finishedAt", NEW."dueAt") c;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO dossier_tally_deltas
    SELECT OLD."receivingAgencyId", c.month, c.measure, -1
    FROM dossier_tally_cells(OLD.status::text, OLD.channel::text, OLD."acceptedAt", OLD."finishedAt", OLD."dueAt") c;
  ELSE
    INSERT INTO dossier_tally_deltas
    SELECT moved.agency, moved.month, moved.measure, sum(moved.delta) FROM (
      SELECT OLD."receivingAgencyId" AS agency, c.month, c.measure, -1 AS delta
      FROM dossier_tally_cells(OLD.status::text, OLD.channel::text, OLD."acceptedAt", OLD."finishedAt", OLD."dueAt") c
      UNION ALL
      SELECT NEW."receivingAgencyId", c.month, c.measure, 1
      FROM dossier_tally_cells(NEW.status::text, NEW.channel::text, NEW."acceptedAt", NEW."finishedAt", NEW."dueAt") c
    ) moved GROUP BY 1, 2, 3 HAVING sum(moved.delta) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER dossiers_tally_comes AFTER INSERT OR DELETE ON dossiers
  FOR EACH ROW EXECUTE FUNCTION note_dossier_tally();
CREATE TRIGGER dossiers_tally_moves AFTER UPDATE ON dossiers FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD."receivingAgencyId" IS DISTINCT FROM NEW."receivingAgencyId"
    OR OLD.channel IS DISTINCT FROM NEW.channel OR OLD."acceptedAt" IS DISTINCT FROM NEW."acceptedAt"
    OR OLD."finishedAt" IS DISTINCT FROM NEW."finishedAt"
    OR (NEW."finishedAt" IS NOT NULL AND OLD."dueAt" IS DISTINCT FROM NEW."dueAt"))
  EXECUTE FUNCTION note_dossier_tally();

-- Sums up what was noted and says how many rows that were. Of two at once one does it; even side by side each would take
-- other rows, since a row is deleted by one alone.
CREATE FUNCTION roll_up_dossier_tallies() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  taken integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(1836020580) THEN
    RETURN 0;
  END IF;
  WITH gone AS (
    DELETE FROM dossier_tally_deltas RETURNING "agencyId", month, measure, delta
  ), kept AS (
    INSERT INTO dossier_tallies AS t ("agencyId", month, measure, count)
    SELECT "agencyId", month, measure, sum(delta) FROM gone GROUP BY 1, 2, 3 HAVING sum(delta) <> 0 ORDER BY 1, 2, 3
    ON CONFLICT ("agencyId", month, measure) DO UPDATE SET count = t.count + excluded.count
  )
  SELECT count(*) INTO taken FROM gone;
  RETURN taken;
END $$;

-- Counts all dossiers anew. What is counted and what is deleted is of one moment: an act that is under way meanwhile keeps
-- its row, which comes on top.
CREATE FUNCTION rebuild_dossier_tallies() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1836020580);
  DELETE FROM dossier_tallies;
  WITH gone AS (DELETE FROM dossier_tally_deltas)
  INSERT INTO dossier_tallies ("agencyId", month, measure, count)
  SELECT d."receivingAgencyId", c.month, c.measure, count(*) FROM dossiers d
    CROSS JOIN LATERAL dossier_tally_cells(d.status::text, d.channel::text, d."acceptedAt", d."finishedAt", d."dueAt") c
  GROUP BY 1, 2, 3;
END $$;

SELECT rebuild_dossier_tallies();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- A noted difference is summed up, never rewritten.
    REVOKE UPDATE ON dossier_tally_deltas FROM app;
  END IF;
END $$;
