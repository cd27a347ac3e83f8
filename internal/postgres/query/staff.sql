-- name: Staff :one
SELECT * FROM staff WHERE id = @id AND active;

-- name: AllStaff :many
SELECT * FROM staff WHERE active ORDER BY id;

-- name: AddStaff :exec
INSERT INTO staff (id, name, role, password_hash) VALUES (@id, @name, @role, @password_hash) ON CONFLICT (id) DO NOTHING;

-- name: AddSession :exec
INSERT INTO session (token_hash, staff, created_at, used_at) VALUES (@token_hash, @staff, @now, @now);

-- name: UseSession :one
UPDATE session SET used_at = @now FROM staff
WHERE session.staff = staff.id AND staff.active AND token_hash = @token_hash AND used_at > @idle_since
RETURNING staff.id, staff.name, staff.role;

-- name: EndSession :exec
DELETE FROM session WHERE token_hash = @token_hash;

-- name: AddToken :exec
INSERT INTO api_token (token_hash, name, staff, role, created_at) VALUES (@token_hash, @name, @staff, @role, @created_at);

-- name: Token :one
SELECT t.role, COALESCE(s.id, '')::text AS id, COALESCE(s.name, t.name)::text AS name
FROM api_token t LEFT JOIN staff s ON s.id = t.staff AND s.active WHERE t.token_hash = @token_hash AND (t.staff IS NULL OR s.id IS NOT NULL);

-- name: Assign :exec
INSERT INTO shift_assignment (date, shift, staff) VALUES (@date, @shift, @staff) ON CONFLICT DO NOTHING;

-- name: Assignments :many
SELECT date, shift, staff FROM shift_assignment WHERE date >= @from_date AND date <= @to_date;
