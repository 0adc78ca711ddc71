-- Which number was called last: the clocks of those who call at once do not tell, the order of the hall's events does.
ALTER TABLE queue_tickets ADD COLUMN "lastCall" integer;

UPDATE queue_tickets t SET "lastCall" = e.number
FROM (SELECT "ticketId", max(number) AS number FROM queue_ticket_events
  WHERE type IN ('called', 'called_again') GROUP BY "ticketId") e
WHERE e."ticketId" = t.id;
