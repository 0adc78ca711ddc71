-- A register as text for other programs, and how far one that is being made has come.
ALTER TYPE "RegisterFormat" ADD VALUE 'csv';

ALTER TABLE register_files ADD COLUMN written integer NOT NULL DEFAULT 0, ADD COLUMN expected integer;
