-- The hall: queues, counters, tickets and what happened to them; appointments by an agency's plans.

-- CreateTable
CREATE TABLE "appointment_plans" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameEn" TEXT,
    "kind" TEXT NOT NULL DEFAULT 'counter',
    "hallId" UUID,
    "queueId" UUID,
    "sectors" TEXT[],
    "slotMinutes" INTEGER NOT NULL,
    "capacity" INTEGER NOT NULL,
    "daysAhead" INTEGER NOT NULL DEFAULT 14,
    "leadMinutes" INTEGER NOT NULL DEFAULT 120,
    "meetingUrl" TEXT,
    "isClosed" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "appointment_plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_blocks" (
    "id" UUID NOT NULL,
    "planId" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),

    CONSTRAINT "appointment_blocks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointments" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "planId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "procedureId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "place" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'booked',
    "meetingUrl" TEXT,
    "bookedAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),
    "remindedFor" TIMESTAMPTZ(3),

    CONSTRAINT "appointments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_events" (
    "appointmentId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "appointment_events_pkey" PRIMARY KEY ("appointmentId","number")
);

-- CreateTable
CREATE TABLE "queue_halls" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hours" TEXT NOT NULL DEFAULT 'office',
    "mostInRow" INTEGER NOT NULL DEFAULT 3,
    "isClosed" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_halls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queues" (
    "id" UUID NOT NULL,
    "hallId" UUID NOT NULL,
    "prefix" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameEn" TEXT,
    "sectors" TEXT[],
    "forResults" BOOLEAN NOT NULL DEFAULT false,
    "minutes" INTEGER NOT NULL DEFAULT 8,
    "position" INTEGER NOT NULL DEFAULT 0,
    "isClosed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "queues_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_counters" (
    "id" UUID NOT NULL,
    "hallId" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT,
    "queueIds" UUID[],
    "isClosed" BOOLEAN NOT NULL DEFAULT false,
    "officerId" UUID,
    "openedAt" TIMESTAMPTZ(3),

    CONSTRAINT "queue_counters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_hall_days" (
    "hallId" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "events" INTEGER NOT NULL DEFAULT 0,
    "closedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "queue_hall_days_pkey" PRIMARY KEY ("hallId","day")
);

-- CreateTable
CREATE TABLE "queue_days" (
    "queueId" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "serial" INTEGER NOT NULL DEFAULT 0,
    "inRow" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "queue_days_pkey" PRIMARY KEY ("queueId","day")
);

-- CreateTable
CREATE TABLE "queue_tickets" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "hallId" UUID NOT NULL,
    "queueId" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "serial" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "priority" TEXT,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "orderAt" TIMESTAMPTZ(3) NOT NULL,
    "forCounterId" UUID,
    "counterId" UUID,
    "officerId" UUID,
    "calledAt" TIMESTAMPTZ(3),
    "lastCalledAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "appointmentId" UUID,

    CONSTRAINT "queue_tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_ticket_dossiers" (
    "ticketId" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_ticket_dossiers_pkey" PRIMARY KEY ("ticketId","dossierId")
);

-- CreateTable
CREATE TABLE "queue_ticket_events" (
    "hallId" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "ticketId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "queueId" UUID,
    "counterId" UUID,
    "officerId" UUID,
    "dossierId" UUID,

    CONSTRAINT "queue_ticket_events_pkey" PRIMARY KEY ("hallId","day","number")
);

-- CreateIndex
CREATE INDEX "appointment_plans_agencyId_idx" ON "appointment_plans"("agencyId");

-- CreateIndex
CREATE INDEX "appointment_blocks_planId_to_idx" ON "appointment_blocks"("planId", "to");

-- CreateIndex
CREATE UNIQUE INDEX "appointments_code_key" ON "appointments"("code");

-- CreateIndex
CREATE INDEX "appointments_accountId_startsAt_idx" ON "appointments"("accountId", "startsAt");

-- CreateIndex
CREATE INDEX "appointments_planId_startsAt_idx" ON "appointments"("planId", "startsAt");

-- CreateIndex
CREATE UNIQUE INDEX "queue_halls_slug_key" ON "queue_halls"("slug");

-- CreateIndex
CREATE INDEX "queue_halls_agencyId_idx" ON "queue_halls"("agencyId");

-- CreateIndex
CREATE UNIQUE INDEX "queues_hallId_prefix_key" ON "queues"("hallId", "prefix");

-- CreateIndex
CREATE INDEX "queue_counters_agencyId_idx" ON "queue_counters"("agencyId");

-- CreateIndex
CREATE UNIQUE INDEX "queue_counters_hallId_number_key" ON "queue_counters"("hallId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "queue_tickets_code_key" ON "queue_tickets"("code");

-- CreateIndex
CREATE UNIQUE INDEX "queue_tickets_appointmentId_key" ON "queue_tickets"("appointmentId");

-- CreateIndex
CREATE UNIQUE INDEX "queue_tickets_hallId_day_number_key" ON "queue_tickets"("hallId", "day", "number");

-- CreateIndex
CREATE INDEX "queue_ticket_dossiers_dossierId_idx" ON "queue_ticket_dossiers"("dossierId");

-- CreateIndex
CREATE INDEX "queue_ticket_events_ticketId_number_idx" ON "queue_ticket_events"("ticketId", "number");

-- AddForeignKey
ALTER TABLE "appointment_plans" ADD CONSTRAINT "appointment_plans_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_plans" ADD CONSTRAINT "appointment_plans_hallId_fkey" FOREIGN KEY ("hallId") REFERENCES "queue_halls"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_plans" ADD CONSTRAINT "appointment_plans_queueId_fkey" FOREIGN KEY ("queueId") REFERENCES "queues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_blocks" ADD CONSTRAINT "appointment_blocks_planId_fkey" FOREIGN KEY ("planId") REFERENCES "appointment_plans"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_planId_fkey" FOREIGN KEY ("planId") REFERENCES "appointment_plans"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "procedures"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_events" ADD CONSTRAINT "appointment_events_appointmentId_fkey" FOREIGN KEY ("appointmentId") REFERENCES "appointments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_halls" ADD CONSTRAINT "queue_halls_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queues" ADD CONSTRAINT "queues_hallId_fkey" FOREIGN KEY ("hallId") REFERENCES "queue_halls"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_counters" ADD CONSTRAINT "queue_counters_hallId_fkey" FOREIGN KEY ("hallId") REFERENCES "queue_halls"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_counters" ADD CONSTRAINT "queue_counters_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_hall_days" ADD CONSTRAINT "queue_hall_days_hallId_fkey" FOREIGN KEY ("hallId") REFERENCES "queue_halls"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_days" ADD CONSTRAINT "queue_days_queueId_fkey" FOREIGN KEY ("queueId") REFERENCES "queues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_tickets" ADD CONSTRAINT "queue_tickets_hallId_fkey" FOREIGN KEY ("hallId") REFERENCES "queue_halls"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_tickets" ADD CONSTRAINT "queue_tickets_queueId_fkey" FOREIGN KEY ("queueId") REFERENCES "queues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_tickets" ADD CONSTRAINT "queue_tickets_counterId_fkey" FOREIGN KEY ("counterId") REFERENCES "queue_counters"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_tickets" ADD CONSTRAINT "queue_tickets_forCounterId_fkey" FOREIGN KEY ("forCounterId") REFERENCES "queue_counters"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_ticket_dossiers" ADD CONSTRAINT "queue_ticket_dossiers_ticketId_fkey" FOREIGN KEY ("ticketId") REFERENCES "queue_tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_ticket_dossiers" ADD CONSTRAINT "queue_ticket_dossiers_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_ticket_events" ADD CONSTRAINT "queue_ticket_events_ticketId_fkey" FOREIGN KEY ("ticketId") REFERENCES "queue_tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- What Prisma's schema cannot say.
ALTER TABLE queue_halls ADD CONSTRAINT queue_halls_words CHECK (hours IN ('office', 'any') AND "mostInRow" BETWEEN 1 AND 50 AND slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE queues ADD CONSTRAINT queues_words CHECK (prefix ~ '^[A-Z]{1,2}$' AND minutes BETWEEN 1 AND 240);
ALTER TABLE queue_tickets ADD CONSTRAINT queue_tickets_state CHECK (
  state IN ('waiting', 'called', 'set_aside', 'served', 'no_show', 'left', 'unserved')
  AND (state <> 'called' OR ("counterId" IS NOT NULL AND "calledAt" IS NOT NULL))
  AND (state IN ('waiting', 'called', 'set_aside')) = ("endedAt" IS NULL));
-- An officer sits at one counter, and a counter serves one person at a time.
CREATE UNIQUE INDEX queue_counters_one_officer ON queue_counters ("officerId") WHERE "officerId" IS NOT NULL;
CREATE UNIQUE INDEX queue_tickets_one_at_counter ON queue_tickets ("counterId") WHERE state = 'called';
-- Who is called next; who was called last.
CREATE INDEX queue_tickets_open ON queue_tickets ("hallId", day, "orderAt", serial) WHERE state IN ('waiting', 'called', 'set_aside');
CREATE INDEX queue_tickets_called ON queue_tickets ("hallId", day, "lastCalledAt" DESC) WHERE "lastCalledAt" IS NOT NULL;

CREATE TRIGGER queue_ticket_events_append_only BEFORE UPDATE OR DELETE ON queue_ticket_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER queue_ticket_events_no_truncate BEFORE TRUNCATE ON queue_ticket_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE appointment_plans ADD CONSTRAINT appointment_plans_words CHECK (
  kind IN ('counter', 'online') AND "slotMinutes" BETWEEN 5 AND 240 AND capacity BETWEEN 1 AND 100
  AND "daysAhead" BETWEEN 1 AND 90 AND "leadMinutes" BETWEEN 0 AND 10080
  AND ("meetingUrl" IS NULL OR "meetingUrl" LIKE 'https://%')
  AND (kind = 'online' OR ("hallId" IS NOT NULL AND "queueId" IS NOT NULL)));
ALTER TABLE appointment_blocks ADD CONSTRAINT appointment_blocks_forward CHECK ("to" > "from");
ALTER TABLE appointments ADD CONSTRAINT appointments_state CHECK (
  state IN ('booked', 'cancelled', 'checked_in', 'held', 'no_show') AND place >= 1 AND "endsAt" > "startsAt"
  AND ("meetingUrl" IS NULL OR "meetingUrl" LIKE 'https://%'));
-- A place is one person's, and nobody is at two places at once.
CREATE UNIQUE INDEX appointments_one_place ON appointments ("planId", "startsAt", place) WHERE state <> 'cancelled';
CREATE UNIQUE INDEX appointments_one_person ON appointments ("accountId", "startsAt") WHERE state = 'booked';
CREATE INDEX appointments_coming ON appointments ("startsAt") WHERE state = 'booked';
CREATE TRIGGER appointment_events_no_update BEFORE UPDATE ON appointment_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- What happened is told, not rewritten; numbers only rise.
    REVOKE UPDATE, DELETE, TRUNCATE ON queue_ticket_events, appointment_events FROM app;
    REVOKE DELETE ON queue_hall_days, queue_days, queue_tickets FROM app;
  END IF;
END $$;
