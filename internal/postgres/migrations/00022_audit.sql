-- +goose Up

-- Who did what, when, on whom, from where. Only ever added to.
CREATE TABLE audit (
    id      text PRIMARY KEY,
    at      timestamptz NOT NULL,
    who     text NOT NULL, -- a member of staff, a tool's name, or what a stranger called themselves
    name    text NOT NULL,
    role    text NOT NULL,
    act     text NOT NULL,
    whom    text NOT NULL, -- person, call, ticket or thing that it was done to
    result  text NOT NULL CHECK (result IN ('done', 'refused', 'failed')),
    address text NOT NULL,
    node    text NOT NULL,
    detail  jsonb NOT NULL,
    search  text NOT NULL -- who, name and whom without diacritics
);
CREATE INDEX audit_at ON audit (at DESC, id DESC);
CREATE INDEX audit_act ON audit (act, at DESC);
CREATE INDEX audit_whom ON audit (whom, at DESC);
CREATE INDEX audit_search ON audit USING gin (search gin_trgm_ops);

-- +goose StatementBegin
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
-- The trigger stops the owner too; the grants stop everybody else before.
REVOKE ALL ON audit FROM PUBLIC;
-- +goose StatementBegin
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM %I', current_user);
END $$;
-- +goose StatementEnd
