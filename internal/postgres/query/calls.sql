-- name: Tickets :many
SELECT sqlc.embed(t), sqlc.embed(c), COALESCE(s.name, c.agent)::text AS agent_name, EXISTS (SELECT 1 FROM recording r WHERE r.call = c.id)::boolean AS recorded
FROM ticket t JOIN call c ON c.id = t.call LEFT JOIN staff s ON s.id = c.agent
WHERE (@longest::text = '' OR t.search LIKE @longest) AND (cardinality(@patterns::text[]) < 2 OR t.search LIKE ALL (@patterns))
  AND (@group_::text = '' OR t.group_ = @group_)
  AND (@status::text = '' OR t.status = @status)
  AND (@code::text = '' OR t.code = @code)
  AND (@caller::text = '' OR c.caller = @caller)
  AND (@agent::text = '' OR c.agent = @agent)
  AND (@but_not::text = '' OR t.code <> @but_not)
  AND (t.opened_at, t.code) < (@before_at::timestamptz, @before_code::text)
ORDER BY t.opened_at DESC, t.code DESC
LIMIT @most;

-- name: Calls :many
SELECT sqlc.embed(c), COALESCE(t.code, c.for_ticket, '')::text AS code
FROM call c LEFT JOIN ticket t ON t.call = c.id
WHERE (@id::text = '' OR c.id = @id) AND (c.arrived_at, c.id) < (@before_at::timestamptz, @before_id::text)
ORDER BY c.arrived_at DESC, c.id DESC
LIMIT @most;

-- name: Recordings :many
SELECT * FROM recording WHERE call = ANY (@calls::text[]) ORDER BY call, at, path;

-- name: CallsForTicket :many
SELECT id FROM call WHERE for_ticket = @code::text ORDER BY arrived_at, id;
