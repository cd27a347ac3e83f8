-- +goose Up

-- A call may have several recordings: of the conversation, of a message, and of what was
-- said with a citizen whom we called.
ALTER TABLE recording DROP CONSTRAINT recording_pkey;
ALTER TABLE recording ADD PRIMARY KEY (call, path);
ALTER TABLE recording ADD COLUMN what text NOT NULL DEFAULT 'conversation' CHECK (what IN ('conversation', 'outside', 'message'));

-- A call that an agent made opens a ticket, or belongs to the one that it was made for.
ALTER TABLE call ADD COLUMN direction text NOT NULL DEFAULT 'inbound' CHECK (direction IN ('inbound', 'outbound'));
ALTER TABLE call ADD COLUMN for_ticket text;
ALTER TABLE call ADD CHECK (for_ticket IS NULL OR direction = 'outbound');
CREATE INDEX call_for_ticket ON call (for_ticket) WHERE for_ticket IS NOT NULL;
ALTER TABLE call DROP CONSTRAINT call_result_check;
ALTER TABLE call ADD CONSTRAINT call_result_check CHECK (
    result IN ('served', 'handed_over', 'abandoned', 'self_served', 'refused', 'voicemail', 'callback', 'not_reached', 'failed'));
ALTER TABLE call DROP CONSTRAINT call_check2;
ALTER TABLE call ADD CONSTRAINT call_connected_check CHECK (connected_at IS NULL OR queued_at IS NOT NULL OR direction = 'outbound');
