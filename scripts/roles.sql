-- The two roles of an installation on PostgreSQL. Run once as superuser in the new database:
-- psql -d teyue -f scripts/roles.sql
-- The owner makes tables; the serving role reads and writes rows. Migrations take UPDATE and DELETE
-- away from it where rows are kept for good, so what follows must never be repeated after them.
SELECT 'CREATE ROLE teyue_owner LOGIN CREATEDB'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'teyue_owner') \gexec
SELECT 'CREATE ROLE teyue_app LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'teyue_app') \gexec
GRANT teyue_app TO teyue_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE teyue_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO teyue_app;
ALTER DEFAULT PRIVILEGES FOR ROLE teyue_owner
    GRANT USAGE, SELECT ON SEQUENCES TO teyue_app;
