-- CreateTable
CREATE TABLE "manuscript_proofs" (
    "manuscriptId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,

    CONSTRAINT "manuscript_proofs_pkey" PRIMARY KEY ("manuscriptId","kind","subject","sha256")
);

-- CreateTable
CREATE TABLE "trials" (
    "id" UUID NOT NULL,
    "manuscriptId" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "agencyId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedById" UUID,
    "finishedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "trials_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "trials_place_key" ON "trials"("place");

-- CreateIndex
CREATE INDEX "trials_manuscriptId_startedAt_idx" ON "trials"("manuscriptId", "startedAt" DESC);

-- One at a time: of another state of the manuscript the dossiers would not say what they are of.
CREATE UNIQUE INDEX "trials_open" ON "trials"("manuscriptId") WHERE "endedAt" IS NULL;

-- AddForeignKey
ALTER TABLE "manuscript_proofs" ADD CONSTRAINT "manuscript_proofs_manuscriptId_fkey" FOREIGN KEY ("manuscriptId") REFERENCES "manuscripts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trials" ADD CONSTRAINT "trials_manuscriptId_fkey" FOREIGN KEY ("manuscriptId") REFERENCES "manuscripts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A trial lives in a schema of its own that has every table, rule and trigger of the portal and none of its rows: what is
-- filed there cannot be counted, numbered, told or sent by anything that reads the portal, whatever is built later. Only
-- the reference data of p_copied comes along. The portal's role may not make schemas; it may ask for one of these.
CREATE FUNCTION open_trial(p_place text, p_copied text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  made text[];
  filled text[];
  held text[];
  one text;
BEGIN
  IF p_place !~ '^thu_[0-9a-f]{32}$' THEN
    RAISE EXCEPTION 'not the place of a trial: %', p_place USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- All is written down while names mean the portal, with names that stand without a schema.
  CREATE TEMP TABLE trial_tables ON COMMIT DROP AS
    SELECT c.oid, c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations';
  SELECT array_agg(format('CREATE TYPE %I AS ENUM (%s)', t.typname,
      (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)))
    INTO made FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e';
  SELECT made || array_agg(format('CREATE TABLE %I (%s)', r.relname, r.columns)) INTO made FROM (
    SELECT k.relname, string_agg(format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN d.adbin IS NULL THEN '' ELSE ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END,
        CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END), ', ' ORDER BY a.attnum) AS columns
    FROM trial_tables k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    GROUP BY k.oid, k.relname) r;
  SELECT array_agg(format('INSERT INTO %I (%s) SELECT %s FROM public.%I', r.relname, r.names, r.read, r.relname))
    INTO filled FROM (
    SELECT k.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS names,
      string_agg(CASE WHEN t.typtype = 'e' THEN format('%I::text::%I', a.attname, t.typname)
        WHEN i.typtype = 'e' THEN format('%I::text[]::%I[]', a.attname, i.typname)
        ELSE quote_ident(a.attname) END, ', ' ORDER BY a.attnum) AS read
    FROM trial_tables k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type i ON i.oid = t.typelem
    WHERE k.relname = ANY (p_copied) GROUP BY k.relname) r;
  -- What refers to rows that did not come along is not held against those that did.
  SELECT array_agg(format('ALTER TABLE %I ADD CONSTRAINT %I %s%s', k.relname, c.conname, pg_get_constraintdef(c.oid, true),
      CASE WHEN c.contype = 'f' AND c.convalidated THEN ' NOT VALID' ELSE '' END) ORDER BY c.contype = 'f')
    INTO held FROM trial_tables k JOIN pg_constraint c ON c.conrelid = k.oid AND c.contype IN ('p', 'u', 'c', 'f', 'x');
  SELECT held || array_agg(pg_get_indexdef(x.indexrelid, 0, true)) INTO held
    FROM trial_tables k JOIN pg_index x ON x.indrelid = k.oid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u', 'x'));
  SELECT held || coalesce(array_agg(pg_get_triggerdef(g.oid, true)), '{}') INTO held
    FROM trial_tables k JOIN pg_trigger g ON g.tgrelid = k.oid AND NOT g.tgisinternal;

  EXECUTE format('CREATE SCHEMA %I', p_place);
  PERFORM set_config('search_path', p_place || ', public', true);
  FOREACH one IN ARRAY made || filled || held LOOP
    EXECUTE one;
  END LOOP;
  -- Work for later stays in the trial, too: the portal's own queue never hears of it.
  CREATE TABLE trial_jobs (id bigserial PRIMARY KEY, task text NOT NULL, payload json NOT NULL, job_key text UNIQUE);
  EXECUTE format($fn$
    CREATE FUNCTION %I.enqueue_job(task text, payload json, job_key text) RETURNS bigint LANGUAGE sql AS $body$
      INSERT INTO trial_jobs AS known (task, payload, job_key) VALUES ($1, $2, $3)
      ON CONFLICT (job_key) DO UPDATE SET payload = excluded.payload RETURNING id
    $body$ $fn$, p_place);
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO app', p_place);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO app', p_place);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO app', p_place);
  END IF;
END $$;
REVOKE ALL ON FUNCTION open_trial(text, text[]) FROM PUBLIC;

-- All that a trial left in the database.
CREATE FUNCTION drop_trial(p_place text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_place !~ '^thu_[0-9a-f]{32}$' THEN
    RAISE EXCEPTION 'not the place of a trial: %', p_place USING ERRCODE = 'insufficient_privilege';
  END IF;
  EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', p_place);
END $$;
REVOKE ALL ON FUNCTION drop_trial(text) FROM PUBLIC;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    GRANT EXECUTE ON FUNCTION open_trial(text, text[]), drop_trial(text) TO app;
    -- What was looked at or tried is told, not rewritten.
    REVOKE UPDATE, DELETE ON manuscript_proofs FROM app;
    REVOKE DELETE ON trials FROM app;
  END IF;
END $$;
