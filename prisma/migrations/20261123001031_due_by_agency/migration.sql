-- What is late or due soon at an agency is counted from the index alone; what waits for the applicant is told from it, too.
DROP INDEX dossiers_open_by_due;
CREATE INDEX dossiers_open_by_due ON dossiers ("receivingAgencyId", "dueAt", id) INCLUDE ("pausedAt")
  WHERE "finishedAt" IS NULL;
