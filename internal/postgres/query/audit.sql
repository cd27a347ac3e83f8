-- name: AddAudit :exec
INSERT INTO audit (id, at, who, name, role, act, whom, result, address, node, detail, search)
VALUES (@id, @at, @who, @name, @role, @act, @whom, @result, @address, @node, @detail, @search)
ON CONFLICT (id) DO NOTHING;

-- name: Audit :many
SELECT id, at, who, name, role, act, whom, result, address, node, detail FROM audit
WHERE (@act::text = '' OR act = @act) AND (@who::text = '' OR who = @who) AND (@whom::text = '' OR whom = @whom)
  AND (@search::text = '' OR search LIKE @search)
  AND (sqlc.narg('since')::timestamptz IS NULL OR at >= sqlc.narg('since'))
  AND (sqlc.narg('until')::timestamptz IS NULL OR at < sqlc.narg('until'))
  AND (sqlc.narg('before_at')::timestamptz IS NULL OR (at, id) < (sqlc.narg('before_at'), @before_id::text))
ORDER BY at DESC, id DESC LIMIT @rows;
