-- Which agency decides is pinned when the dossier is filed: a later change of an offering moves no dossier.
-- AlterTable
ALTER TABLE "dossiers" ADD COLUMN     "competentAgencyId" UUID NOT NULL;

-- AddForeignKey
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_competentAgencyId_fkey" FOREIGN KEY ("competentAgencyId") REFERENCES "agencies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


