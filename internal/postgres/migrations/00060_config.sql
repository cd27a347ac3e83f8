-- +goose Up

-- Documents of the configuration as they were saved. Only ever added to; undo adds an
-- older text again.
CREATE TABLE config_version (
    document text NOT NULL CHECK (document <> ''),
    number   integer NOT NULL CHECK (number > 0),
    at       timestamptz NOT NULL,
    by_staff text NOT NULL, -- '' when it was found on disk, changed by hand
    by_name  text NOT NULL,
    why      text NOT NULL,
    text     text NOT NULL,
    sha256   text NOT NULL,
    PRIMARY KEY (document, number)
);
-- +goose StatementBegin
CREATE FUNCTION refuse_config_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of the configuration is append-only';
END $$;
-- +goose StatementEnd
CREATE TRIGGER config_append_only BEFORE UPDATE OR DELETE ON config_version
    FOR EACH ROW EXECUTE FUNCTION refuse_config_change();
