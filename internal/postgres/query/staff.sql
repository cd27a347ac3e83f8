-- name: Staff :one
SELECT id, name, role, password_hash FROM staff WHERE id = @id AND active;

-- name: AllStaff :many
SELECT id, name, role FROM staff WHERE active ORDER BY id;

-- name: AddStaff :exec
INSERT INTO staff (id, name, role, password_hash) VALUES (@id, @name, @role, @password_hash) ON CONFLICT (id) DO NOTHING;

-- name: AddSession :exec
WITH old AS (DELETE FROM session o WHERE o.used_at <= @idle_since)
INSERT INTO session (token_hash, staff, created_at, used_at, way) VALUES (@token_hash, @staff, @now, @now, @way);

-- name: UseSession :one
-- That it was used is written once a minute, not with every request.
WITH used AS (UPDATE session u SET used_at = @now WHERE u.token_hash = @token_hash AND u.used_at > @idle_since AND u.used_at < @noted_before)
SELECT s.id, s.name, s.role, s.temporary, session.way, session.locked, (f.confirmed_at IS NOT NULL)::boolean AS second
FROM session JOIN staff s ON s.id = session.staff AND s.active LEFT JOIN second_factor f ON f.staff = s.id
WHERE session.token_hash = @token_hash AND session.used_at > @idle_since;

-- name: EndSession :exec
DELETE FROM session WHERE token_hash = @token_hash;

-- name: LockSession :execrows
UPDATE session SET locked = @locked WHERE token_hash = @token_hash;

-- name: EndOtherSessions :exec
DELETE FROM session WHERE staff = @staff AND token_hash <> @but;

-- name: AddToken :exec
INSERT INTO api_token (token_hash, name, staff, role, created_at) VALUES (@token_hash, @name, @staff, @role, @created_at);

-- name: Token :one
WITH used AS (UPDATE api_token u SET used_at = @now WHERE u.token_hash = @token_hash AND (u.used_at IS NULL OR u.used_at < @noted_before))
SELECT t.role, COALESCE(s.id, '')::text AS id, COALESCE(s.name, t.name)::text AS name
FROM api_token t LEFT JOIN staff s ON s.id = t.staff AND s.active WHERE t.token_hash = @token_hash AND (t.staff IS NULL OR s.id IS NOT NULL);
