-- Ready-made reasons become entries of lists like the others; their key is made of what they say, as the portal makes it
-- for the seed's own, so that the next seed finds them.
INSERT INTO "list_entries" ("list", "key", "text", "position", "changedAt")
SELECT 'reason.' || kind, left(encode(sha256(convert_to(text, 'UTF8')), 'hex'), 16), text, position, now() FROM "preset_reasons";

-- DropTable
DROP TABLE "preset_reasons";
