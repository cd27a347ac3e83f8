-- +goose Up

-- Recordings are listed by when they were kept.
CREATE INDEX recording_at ON recording (at DESC, path DESC);
