-- What the portal's own role may not do, though it reads and writes nearly everything.

-- A published version cannot be emptied away either, whoever asks.
CREATE TRIGGER procedure_versions_no_truncate BEFORE TRUNCATE ON procedure_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- Which migrations ran is the owner's to say; the portal only asks.
    IF to_regclass('_prisma_migrations') IS NOT NULL THEN
      REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM app;
    END IF;
    -- A counter only rises: begun anew, it would give codes and numbers a second time.
    REVOKE DELETE ON code_counters, number_series FROM app;
  END IF;
END $$;
