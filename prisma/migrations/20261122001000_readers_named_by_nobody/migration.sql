-- Where no leader among a restricted dossier's readers is left, the portal itself names those who lead there now.
ALTER TABLE dossier_readers ALTER COLUMN "namedById" DROP NOT NULL;
