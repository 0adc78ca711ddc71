-- What the newest version of each procedure is made of, so that none is read whole to be looked through.
CREATE TABLE "procedure_uses" (
    "procedureId" UUID NOT NULL,
    "at" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,

    CONSTRAINT "procedure_uses_pkey" PRIMARY KEY ("procedureId","at")
);

-- CreateIndex
CREATE INDEX "procedure_uses_what_kind_idx" ON "procedure_uses"("what", "kind");

-- CreateIndex
CREATE INDEX "procedure_uses_folded_idx" ON "procedure_uses" USING GIN ("folded" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "procedure_uses" ADD CONSTRAINT "procedure_uses_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "procedures"("id") ON DELETE CASCADE ON UPDATE CASCADE;
