-- name: LockConfig :exec
-- Whoever saves a version does so one after the other, for versions are counted.
LOCK TABLE config_version IN SHARE ROW EXCLUSIVE MODE;

-- name: AddConfigVersion :exec
INSERT INTO config_version (document, number, at, by_staff, by_name, why, text, sha256)
VALUES (@document, @number, @at, @by_staff, @by_name, @why, @text, @sha256);

-- name: ConfigVersions :many
SELECT document, number, at, by_staff, by_name, why, sha256 FROM config_version
WHERE document = @document ORDER BY number DESC LIMIT @rows;

-- name: ConfigVersion :one
SELECT * FROM config_version WHERE document = @document AND number = @number;
