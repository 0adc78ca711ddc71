-- An agency's archive, the newest first: acceptances that were voided are in it, too.
DROP INDEX dossiers_closed;
CREATE INDEX dossiers_closed ON dossiers ("receivingAgencyId", "submittedAt", id)
  WHERE status IN ('declined', 'refused', 'delivered', 'withdrawn', 'stopped', 'voided');
