-- How mails and papers are worded in place of the portal's own words, one version after the other.
CREATE TABLE "wordings" (
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "texts" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "wordings_pkey" PRIMARY KEY ("kind","number")
);

-- One wording of a thing at a time.
CREATE UNIQUE INDEX "wordings_standing" ON "wordings"("kind") WHERE "replacedAt" IS NULL;

-- CreateIndex
CREATE INDEX "wordings_at_idx" ON "wordings"("at" DESC);

-- What mails said until now; without words it was the portal's own again.
INSERT INTO wordings (kind, number, texts, at, "byId", "replacedAt")
SELECT 'mail.' || kind, number,
  CASE WHEN "titleVi" = '' THEN '{}'::jsonb
  ELSE jsonb_build_object('titleVi', "titleVi", 'textVi', "textVi", 'titleEn', "titleEn", 'textEn', "textEn") END,
  at, "byId", "replacedAt"
FROM mail_templates;

DROP TABLE mail_templates;

-- What a mail or a paper said is told, not rewritten.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    REVOKE UPDATE, DELETE ON wordings FROM app;
    GRANT UPDATE ("replacedAt") ON wordings TO app;
  END IF;
END $$;
