-- A name is found by its words two by two, as they follow each other ("nguyen van", "van an", "an"): that two words stand
-- in one name somewhere is true of thousands more, each of which would be looked at. As many keys as words, as before.
CREATE FUNCTION name_pairs(name text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  words text[] := array_remove(string_to_array(left(name, 200), ' '), '');
BEGIN
  RETURN (SELECT array_to_tsvector(array_agg(word || coalesce(' ' || next, ''))) FROM unnest(words, words[2:]) AS pair(word, next));
END $$;

DROP INDEX dossier_parties_words;
CREATE INDEX dossier_parties_pairs ON dossier_parties USING gin (name_pairs("searchName"));
-- The migration before this one made it from its second version on.
CREATE INDEX IF NOT EXISTS "dossier_places_dossierId_agencyId_idx" ON "dossier_places"("dossierId", "agencyId");
-- How many bear a name is asked of what is known about the index.
ANALYZE dossier_parties;
