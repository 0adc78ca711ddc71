-- A job that is enqueued while another one of its key is under way takes that key over, and the one under way is not tried
-- again: it is overtaken. When it fails, nothing was given up. The flag tells it from a job that never had a key.
CREATE OR REPLACE FUNCTION enqueue_job(task text, payload json, job_key text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (graphile_worker.add_job(task, payload, job_key => enqueue_job.job_key, max_attempts => 12,
    flags => CASE WHEN enqueue_job.job_key IS NULL THEN NULL ELSE ARRAY['keyed'] END)).id;
END $$;
