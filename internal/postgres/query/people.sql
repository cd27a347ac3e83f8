-- name: People :many
SELECT s.id, s.name, s.role, s.active, s.temporary, s.sso, (f.confirmed_at IS NOT NULL)::boolean AS second,
    COALESCE((SELECT max(o.used_at) FROM session o WHERE o.staff = s.id), 'epoch')::timestamptz AS seen
FROM staff s LEFT JOIN second_factor f ON f.staff = s.id ORDER BY s.id;

-- name: StaffBySSO :one
SELECT id, name, role FROM staff WHERE sso = @sso AND active;

-- name: NewStaff :execrows
INSERT INTO staff (id, name, role, sso, password_hash, temporary) VALUES (@id, @name, @role, @sso, @password_hash, true) ON CONFLICT (id) DO NOTHING;

-- name: ChangeStaff :execrows
UPDATE staff SET name = @name, role = @role, sso = @sso WHERE id = @id;

-- name: SetActive :execrows
UPDATE staff SET active = @active WHERE id = @id;

-- name: SetPassword :execrows
UPDATE staff SET password_hash = @password_hash, temporary = @temporary WHERE id = @id;

-- name: ActiveAdmins :one
SELECT count(*) FROM staff WHERE role = 'admin' AND active;

-- name: LockStaff :exec
-- Whoever changes people does so one after the other, or two admins could remove each other.
LOCK TABLE staff IN SHARE ROW EXCLUSIVE MODE;

-- name: BeginSecond :execrows
INSERT INTO second_factor (staff, secret) VALUES (@staff, @secret)
ON CONFLICT (staff) DO UPDATE SET secret = excluded.secret, last_step = 0 WHERE second_factor.confirmed_at IS NULL;

-- name: Second :one
SELECT secret, (confirmed_at IS NOT NULL)::boolean AS confirmed FROM second_factor WHERE staff = @staff;

-- name: ConfirmSecond :execrows
UPDATE second_factor SET confirmed_at = @now, last_step = @step WHERE staff = @staff AND confirmed_at IS NULL AND secret = @secret;

-- name: UseStep :execrows
UPDATE second_factor SET last_step = @step WHERE staff = @staff AND confirmed_at IS NOT NULL AND last_step < @step;

-- name: AddRecoveryCode :exec
INSERT INTO recovery_code (staff, hash) VALUES (@staff, @hash);

-- name: UseRecoveryCode :execrows
DELETE FROM recovery_code WHERE staff = @staff AND hash = @hash;

-- name: RemoveSecond :exec
DELETE FROM second_factor WHERE staff = @staff;
