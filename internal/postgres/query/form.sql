-- name: SaveDraft :one
INSERT INTO form_draft (agent, call, seq, saved_at, data) VALUES (@agent, @call, @seq, @saved_at, @data)
ON CONFLICT (agent, call) DO UPDATE SET seq = EXCLUDED.seq, saved_at = EXCLUDED.saved_at, data = EXCLUDED.data
WHERE NOT form_draft.done AND form_draft.seq < EXCLUDED.seq
RETURNING saved_at;

-- name: Draft :one
SELECT call, seq, saved_at, data FROM form_draft
WHERE agent = @agent AND NOT done AND saved_at > @since ORDER BY saved_at DESC, call DESC LIMIT 1;

-- name: CloseDraft :exec
WITH old AS (DELETE FROM form_draft o WHERE o.saved_at < @forget_before AND (o.agent, o.call) <> (@agent, @call))
INSERT INTO form_draft (agent, call, seq, done, saved_at, data) VALUES (@agent, @call, 0, true, @saved_at, '{}')
ON CONFLICT (agent, call) DO UPDATE SET done = true, saved_at = EXCLUDED.saved_at, data = '{}';

-- name: AddAttachment :exec
INSERT INTO attachment (id, ticket, name, type, bytes, sha256, path, by, at) VALUES (@id, @ticket, @name, @type, @bytes, @sha256, @path, @by, @at);

-- name: Attachments :many
SELECT sqlc.embed(a), COALESCE(s.name, a.by)::text AS by_name FROM attachment a LEFT JOIN staff s ON s.id = a.by
WHERE a.ticket = @ticket ORDER BY a.at, a.id;
