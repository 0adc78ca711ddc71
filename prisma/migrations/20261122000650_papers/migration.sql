-- Papers of every kind: forms with their titles as data, registers that close, papers that are replaced or revoked.

-- CreateEnum
CREATE TYPE "PaperStanding" AS ENUM ('valid', 'replaced', 'revoked');

-- CreateEnum
CREATE TYPE "RegisterFormat" AS ENUM ('pdf', 'xlsx');

-- DropIndex
DROP INDEX "issued_papers_dossierId_kind_key";

-- AlterTable
ALTER TABLE "issued_papers" ADD COLUMN     "agencyId" UUID,
ADD COLUMN     "aboutId" UUID,
ADD COLUMN     "standing" "PaperStanding" NOT NULL DEFAULT 'valid',
ADD COLUMN     "endedAt" TIMESTAMPTZ(3),
ADD COLUMN     "endedNoteId" UUID,
ADD COLUMN     "replacedById" UUID,
ADD COLUMN     "fileHashes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What was issued before was numbered by its agency already.
UPDATE "issued_papers" SET "agencyId" = split_part(series, ':', 2)::uuid;
ALTER TABLE "issued_papers" ALTER COLUMN "agencyId" SET NOT NULL;

-- AlterTable
ALTER TABLE "number_series" ADD COLUMN     "closedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "results" ADD COLUMN     "paperId" UUID;

-- CreateTable
CREATE TABLE "paper_templates" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "procedureCode" TEXT NOT NULL DEFAULT '',
    "from" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "layout" INTEGER NOT NULL DEFAULT 1,
    "content" JSONB,
    "confirmedAt" TIMESTAMPTZ(3),
    "confirmedById" UUID,
    "confirmedByName" TEXT,

    CONSTRAINT "paper_templates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "register_files" (
    "id" UUID NOT NULL,
    "agencyId" UUID NOT NULL,
    "requestedById" UUID NOT NULL,
    "format" "RegisterFormat" NOT NULL,
    "firstDay" TEXT NOT NULL,
    "lastDay" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "readyAt" TIMESTAMPTZ(3),
    "rows" INTEGER,
    "storageKey" TEXT,
    "size" INTEGER,

    CONSTRAINT "register_files_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "issued_papers_dossierId_idx" ON "issued_papers"("dossierId");

-- CreateIndex
CREATE UNIQUE INDEX "results_paperId_key" ON "results"("paperId");

-- CreateIndex
CREATE UNIQUE INDEX "paper_templates_kind_procedureCode_from_key" ON "paper_templates"("kind", "procedureCode", "from");

-- CreateIndex
CREATE UNIQUE INDEX "register_files_storageKey_key" ON "register_files"("storageKey");

-- CreateIndex
CREATE INDEX "register_files_requestedById_createdAt_idx" ON "register_files"("requestedById", "createdAt" DESC);

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_paperId_fkey" FOREIGN KEY ("paperId") REFERENCES "issued_papers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
-- A dossier has one valid paper of a kind about a thing: a receipt slip, a notice for each supplement request.
CREATE UNIQUE INDEX issued_papers_one_valid ON issued_papers ("dossierId", kind, "aboutId") NULLS NOT DISTINCT
  WHERE standing = 'valid';
ALTER TABLE issued_papers ADD CONSTRAINT issued_papers_ended CHECK ((standing = 'valid') = ("endedAt" IS NULL));
ALTER TABLE issued_papers ADD CONSTRAINT issued_papers_successor CHECK (standing = 'replaced' OR "replacedById" IS NULL);
-- What a register took in a period (form 07), in the order of its lines.
CREATE INDEX dossiers_register ON dossiers ("receivingAgencyId", "acceptedAt", id) WHERE "acceptedAt" IS NOT NULL;

-- A register goes up by one and never back; closed, it stays as it is (TT 01/2018 Đ10.2).
CREATE FUNCTION keep_register() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.series <> OLD.series OR NEW.year <> OLD.year OR NEW.value NOT IN (OLD.value, OLD.value + 1)
    OR (OLD."closedAt" IS NOT NULL AND NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'the register %/% may not be changed so', OLD.series, OLD.year;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER number_series_keep BEFORE UPDATE ON number_series FOR EACH ROW EXECUTE FUNCTION keep_register();

-- The forms of the two circulars. What a later text calls them, administrators add.
INSERT INTO paper_templates (id, kind, "from", title, basis, symbol) VALUES
  (gen_random_uuid(), 'receipt_slip', '', 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', 'Thông tư 01/2018/TT-VPCP', 'TNHS'),
  (gen_random_uuid(), 'receipt_slip', '2025-09-15', 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', 'Thông tư 03/2025/TT-VPCP', 'TNHS'),
  (gen_random_uuid(), 'supplement_request', '', 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', 'Thông tư 01/2018/TT-VPCP', 'BSHS'),
  (gen_random_uuid(), 'supplement_request', '2025-09-15', 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', 'Thông tư 03/2025/TT-VPCP', 'BSHS'),
  (gen_random_uuid(), 'decline_slip', '', 'Phiếu từ chối tiếp nhận giải quyết hồ sơ', 'Thông tư 01/2018/TT-VPCP', 'TCHS'),
  (gen_random_uuid(), 'decline_slip', '2025-09-15', 'Phiếu từ chối tiếp nhận giải quyết hồ sơ', 'Thông tư 03/2025/TT-VPCP', 'TCHS'),
  (gen_random_uuid(), 'apology_letter', '', 'Phiếu xin lỗi và hẹn lại ngày trả kết quả', 'Thông tư 01/2018/TT-VPCP', 'XLHL'),
  (gen_random_uuid(), 'apology_letter', '2025-09-15', 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết', 'Thông tư 03/2025/TT-VPCP', 'XLGH'),
  (gen_random_uuid(), 'stop_notice', '', 'Thông báo dừng giải quyết hồ sơ', 'Thông tư 03/2025/TT-VPCP', 'TB-DGQ'),
  (gen_random_uuid(), 'control_slip', '', 'Phiếu kiểm soát quá trình giải quyết hồ sơ', 'Thông tư 01/2018/TT-VPCP', 'KSHS'),
  (gen_random_uuid(), 'control_slip', '2025-09-15', 'Phiếu kiểm soát quá trình giải quyết hồ sơ', 'Thông tư 03/2025/TT-VPCP', 'KSHS'),
  (gen_random_uuid(), 'register', '', 'Sổ theo dõi hồ sơ', 'Thông tư 01/2018/TT-VPCP', ''),
  (gen_random_uuid(), 'register', '2025-09-15', 'Sổ theo dõi hồ sơ', 'Thông tư 03/2025/TT-VPCP', '');

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    -- What stood on papers stays to be read; a paper is ended, never removed.
    REVOKE DELETE ON paper_templates, issued_papers FROM app;
  END IF;
END $$;
