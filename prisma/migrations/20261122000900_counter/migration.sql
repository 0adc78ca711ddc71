-- CreateEnum
CREATE TYPE "ReceiptMethod" AS ENUM ('cash', 'transfer');

-- AlterEnum
ALTER TYPE "DossierStatus" ADD VALUE 'voided';

-- AlterTable
ALTER TABLE "dossiers" ADD COLUMN     "forAgencyId" UUID;

-- AlterTable
ALTER TABLE "received_papers" ADD COLUMN     "returned" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "hand_overs" ADD COLUMN     "batchId" UUID;

-- AlterTable
ALTER TABLE "result_deliveries" ADD COLUMN     "proxyPaper" TEXT;

-- CreateTable
CREATE TABLE "receipt_books" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "form" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "first" INTEGER NOT NULL DEFAULT 1,
    "last" INTEGER,
    "value" INTEGER NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "openedById" UUID NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "receipt_books_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fee_receipts" (
    "id" UUID NOT NULL,
    "bookId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "agencyId" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "payerName" TEXT NOT NULL,
    "method" "ReceiptMethod" NOT NULL,
    "amount" BIGINT NOT NULL,
    "formKey" UUID NOT NULL,
    "officerId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "voidedAt" TIMESTAMPTZ(3),
    "voidedById" UUID,
    "voidReason" TEXT,
    "closingId" UUID,

    CONSTRAINT "fee_receipts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fee_receipt_lines" (
    "receiptId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "feeId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "fee_receipt_lines_pkey" PRIMARY KEY ("receiptId","position")
);

-- CreateTable
CREATE TABLE "cash_closings" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "officerId" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "cash" BIGINT NOT NULL,
    "transfers" BIGINT NOT NULL,
    "counted" BIGINT NOT NULL,
    "remark" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cash_closings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counter_favourites" (
    "accountId" UUID NOT NULL,
    "procedureId" UUID NOT NULL,

    CONSTRAINT "counter_favourites_pkey" PRIMARY KEY ("accountId","procedureId")
);

-- CreateTable
CREATE TABLE "receipt_signatures" (
    "dossierId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "storageKey" TEXT NOT NULL,
    "takenById" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "receipt_signatures_pkey" PRIMARY KEY ("dossierId")
);

-- CreateTable
CREATE TABLE "hand_over_batches" (
    "id" UUID NOT NULL,
    "fromAgencyId" UUID NOT NULL,
    "toAgencyId" UUID NOT NULL,
    "toRole" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "formKey" UUID NOT NULL,
    "givenById" UUID NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedById" UUID,
    "receivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "hand_over_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postal_arrivals" (
    "dossierId" UUID NOT NULL,
    "record" TEXT NOT NULL,
    "carrier" TEXT,
    "trackingNumber" TEXT,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID NOT NULL,

    CONSTRAINT "postal_arrivals_pkey" PRIMARY KEY ("dossierId")
);

-- CreateTable
CREATE TABLE "late_entries" (
    "dossierId" UUID NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "noteId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "late_entries_pkey" PRIMARY KEY ("dossierId")
);

-- CreateTable
CREATE TABLE "postal_sheets" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID NOT NULL,

    CONSTRAINT "postal_sheets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postal_orders" (
    "id" UUID NOT NULL,
    "sheetId" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "receiverName" TEXT NOT NULL,
    "receiverPhone" TEXT,
    "receiverAddress" TEXT NOT NULL,
    "communeCode" TEXT,
    "codAmount" BIGINT NOT NULL,
    "description" TEXT NOT NULL,

    CONSTRAINT "postal_orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scans" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "dossierId" UUID,
    "source" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,

    CONSTRAINT "scans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "digitised_papers" (
    "attachmentId" UUID NOT NULL,
    "dossierId" UUID NOT NULL,
    "requirementId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "pages" INTEGER NOT NULL,
    "dpi" INTEGER,
    "colour" BOOLEAN NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "confirmedById" UUID,
    "resultId" UUID,
    "text" TEXT,

    CONSTRAINT "digitised_papers_pkey" PRIMARY KEY ("attachmentId")
);

-- CreateIndex
CREATE UNIQUE INDEX "receipt_books_agencyId_form_symbol_key" ON "receipt_books"("agencyId", "form", "symbol");

-- CreateIndex
CREATE UNIQUE INDEX "fee_receipts_formKey_key" ON "fee_receipts"("formKey");

-- CreateIndex
CREATE INDEX "fee_receipts_dossierId_idx" ON "fee_receipts"("dossierId");

-- CreateIndex
CREATE UNIQUE INDEX "fee_receipts_bookId_number_key" ON "fee_receipts"("bookId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "cash_closings_officerId_agencyId_day_number_key" ON "cash_closings"("officerId", "agencyId", "day", "number");

-- CreateIndex
CREATE UNIQUE INDEX "receipt_signatures_storageKey_key" ON "receipt_signatures"("storageKey");

-- CreateIndex
CREATE UNIQUE INDEX "hand_over_batches_formKey_key" ON "hand_over_batches"("formKey");

-- CreateIndex
CREATE INDEX "hand_over_batches_fromAgencyId_givenAt_idx" ON "hand_over_batches"("fromAgencyId", "givenAt" DESC);

-- CreateIndex
CREATE INDEX "hand_over_batches_toAgencyId_givenAt_idx" ON "hand_over_batches"("toAgencyId", "givenAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "hand_over_batches_fromAgencyId_year_number_key" ON "hand_over_batches"("fromAgencyId", "year", "number");

-- CreateIndex
CREATE UNIQUE INDEX "postal_sheets_agencyId_year_number_key" ON "postal_sheets"("agencyId", "year", "number");

-- CreateIndex
CREATE UNIQUE INDEX "postal_orders_dossierId_key" ON "postal_orders"("dossierId");

-- CreateIndex
CREATE UNIQUE INDEX "postal_orders_number_key" ON "postal_orders"("number");

-- CreateIndex
CREATE INDEX "postal_orders_sheetId_idx" ON "postal_orders"("sheetId");

-- CreateIndex
CREATE UNIQUE INDEX "scans_storageKey_key" ON "scans"("storageKey");

-- CreateIndex
CREATE INDEX "scans_dossierId_idx" ON "scans"("dossierId");

-- CreateIndex
CREATE INDEX "scans_agencyId_createdAt_idx" ON "scans"("agencyId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "digitised_papers_dossierId_requirementId_number_key" ON "digitised_papers"("dossierId", "requirementId", "number");

-- CreateIndex
CREATE INDEX "hand_overs_batchId_idx" ON "hand_overs"("batchId");

-- AddForeignKey
ALTER TABLE "fee_receipts" ADD CONSTRAINT "fee_receipts_bookId_fkey" FOREIGN KEY ("bookId") REFERENCES "receipt_books"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fee_receipts" ADD CONSTRAINT "fee_receipts_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fee_receipts" ADD CONSTRAINT "fee_receipts_closingId_fkey" FOREIGN KEY ("closingId") REFERENCES "cash_closings"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fee_receipt_lines" ADD CONSTRAINT "fee_receipt_lines_receiptId_fkey" FOREIGN KEY ("receiptId") REFERENCES "fee_receipts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt_signatures" ADD CONSTRAINT "receipt_signatures_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postal_arrivals" ADD CONSTRAINT "postal_arrivals_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "late_entries" ADD CONSTRAINT "late_entries_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postal_orders" ADD CONSTRAINT "postal_orders_sheetId_fkey" FOREIGN KEY ("sheetId") REFERENCES "postal_sheets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postal_orders" ADD CONSTRAINT "postal_orders_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scans" ADD CONSTRAINT "scans_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digitised_papers" ADD CONSTRAINT "digitised_papers_attachmentId_fkey" FOREIGN KEY ("attachmentId") REFERENCES "attachments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digitised_papers" ADD CONSTRAINT "digitised_papers_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "dossiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_overs" ADD CONSTRAINT "hand_overs_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "hand_over_batches"("id") ON DELETE SET NULL ON UPDATE CASCADE;
-- What Prisma's schema cannot say.
ALTER TABLE receipt_books ADD CONSTRAINT receipt_books_words CHECK (
  form ~ '^EBL0[12]$' AND symbol ~ '^\d{2}T[A-Z]{2}$' AND first >= 1 AND (last IS NULL OR last >= first)
  AND value >= first - 1 AND (last IS NULL OR value <= last));
ALTER TABLE fee_receipts ADD CONSTRAINT fee_receipts_voided CHECK (
  amount >= 0 AND ("voidedAt" IS NULL) = ("voidedById" IS NULL) AND ("voidedAt" IS NULL) = ("voidReason" IS NULL));
ALTER TABLE received_papers ADD CONSTRAINT received_papers_returned CHECK (returned BETWEEN 0 AND originals);
ALTER TABLE scans ADD CONSTRAINT scans_source CHECK (source IN ('upload', 'folder'));
-- An agency fills one book at a time; a clerk's open drawer; what waits in a tray.
CREATE UNIQUE INDEX receipt_books_one_open ON receipt_books ("agencyId") WHERE "closedAt" IS NULL;
CREATE INDEX fee_receipts_open ON fee_receipts ("officerId", "agencyId", at) WHERE "closingId" IS NULL;
CREATE INDEX hand_over_batches_open ON hand_over_batches ("toAgencyId", "givenAt") WHERE "receivedAt" IS NULL;
-- A second file out of a folder that was not emptied is the first again.
CREATE UNIQUE INDEX scans_once_from_folder ON scans ("agencyId", sha256) WHERE source = 'folder';

-- A book goes up by one and never back.
CREATE FUNCTION keep_receipt_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.form <> OLD.form OR NEW.symbol <> OLD.symbol OR NEW.first <> OLD.first OR NEW."agencyId" <> OLD."agencyId"
    OR NEW.value NOT IN (OLD.value, OLD.value + 1) OR (OLD."closedAt" IS NOT NULL AND NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'the receipt book %/% may not be changed so', OLD.form, OLD.symbol;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER receipt_books_keep BEFORE UPDATE ON receipt_books FOR EACH ROW EXECUTE FUNCTION keep_receipt_book();

-- A receipt is voided once and closed once; nothing else of it changes.
CREATE FUNCTION keep_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."bookId", NEW.number, NEW."agencyId", NEW."dossierId", NEW."payerName", NEW.method, NEW.amount, NEW."officerId", NEW.at)
    IS DISTINCT FROM
    (OLD."bookId", OLD.number, OLD."agencyId", OLD."dossierId", OLD."payerName", OLD.method, OLD.amount, OLD."officerId", OLD.at)
    OR (OLD."voidedAt" IS NOT NULL AND NEW."voidedAt" IS DISTINCT FROM OLD."voidedAt")
    OR (OLD."closingId" IS NOT NULL AND NEW."closingId" IS DISTINCT FROM OLD."closingId") THEN
    RAISE EXCEPTION 'the receipt % may not be changed so', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fee_receipts_keep BEFORE UPDATE ON fee_receipts FOR EACH ROW EXECUTE FUNCTION keep_receipt();
CREATE TRIGGER fee_receipt_lines_append_only BEFORE UPDATE ON fee_receipt_lines
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

INSERT INTO paper_templates (id, kind, "from", title, basis, symbol) VALUES
  (gen_random_uuid(), 'delivery_receipt', '', 'Giấy biên nhận trả kết quả', 'Nghị định 118/2025/NĐ-CP', 'BNKQ');

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- Money that was taken stays written, and its numbers only rise.
    REVOKE DELETE, TRUNCATE ON receipt_books, fee_receipts, fee_receipt_lines, cash_closings FROM app;
    REVOKE UPDATE ON fee_receipt_lines, cash_closings FROM app;
  END IF;
END $$;
