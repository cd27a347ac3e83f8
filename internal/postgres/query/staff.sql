-- name: Staff :one
SELECT * FROM staff WHERE id = @id AND active;

-- name: AllStaff :many
SELECT * FROM staff WHERE active ORDER BY id;

-- name: AddStaff :exec
INSERT INTO staff (id, name, role, password_hash) VALUES (@id, @name, @role, @password_hash) ON CONFLICT (id) DO NOTHING;

-- name: AddSession :exec
WITH old AS (DELETE FROM session o WHERE o.used_at <= @idle_since)
INSERT INTO session (token_hash, staff, created_at, used_at) VALUES (@token_hash, @staff, @now, @now);

-- name: UseSession :one
-- That it was used is written once a minute, not with every request.
WITH used AS (UPDATE session u SET used_at = @now WHERE u.token_hash = @token_hash AND u.used_at > @idle_since AND u.used_at < @noted_before)
SELECT s.id, s.name, s.role FROM session JOIN staff s ON s.id = session.staff AND s.active
WHERE session.token_hash = @token_hash AND session.used_at > @idle_since;

-- name: EndSession :exec
DELETE FROM session WHERE token_hash = @token_hash;

-- name: AddToken :exec
INSERT INTO api_token (token_hash, name, staff, role, created_at) VALUES (@token_hash, @name, @staff, @role, @created_at);

-- name: Token :one
WITH used AS (UPDATE api_token u SET used_at = @now WHERE u.token_hash = @token_hash AND (u.used_at IS NULL OR u.used_at < @noted_before))
SELECT t.role, COALESCE(s.id, '')::text AS id, COALESCE(s.name, t.name)::text AS name
FROM api_token t LEFT JOIN staff s ON s.id = t.staff AND s.active WHERE t.token_hash = @token_hash AND (t.staff IS NULL OR s.id IS NOT NULL);
