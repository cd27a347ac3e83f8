-- +goose Up

-- A call may end with a message, or with the wish to be called back at the old place.
ALTER TABLE call DROP CONSTRAINT call_result_check;
ALTER TABLE call ADD CONSTRAINT call_result_check CHECK (
    result IN ('served', 'handed_over', 'abandoned', 'self_served', 'refused', 'voicemail', 'callback', 'failed'));

-- What the citizen pressed after the conversation: 1 satisfied, 2 so-so, 3 not.
ALTER TABLE ticket ADD COLUMN rating smallint CHECK (rating BETWEEN 1 AND 3);
