-- name: Articles :many
-- What is in the title comes first, then what has the words beside each other, then what
-- is of the field that is asked about.
SELECT sqlc.embed(a), COALESCE(s.name, a.by)::text AS by_name FROM article a LEFT JOIN staff s ON s.id = a.by
WHERE (cardinality(@patterns::text[]) = 0 OR a.search LIKE ALL (@patterns))
  AND (@group_::text = '' OR a.group_ = @group_)
  AND (@status::text = '' OR a.status = @status)
  AND (@id::text = '' OR a.id = @id)
ORDER BY (cardinality(@patterns::text[]) > 0 AND a.heading LIKE ALL (@patterns)) DESC, (@phrase::text <> '' AND a.search LIKE @phrase) DESC,
    (a.group_ = @near_group::text) DESC,
    (a.field = @near_field::text AND a.field <> '') DESC, a.heading, a.id
LIMIT @most;

-- name: AddArticle :exec
INSERT INTO article (id, version, title, body, group_, field, status, by, at, heading, search)
VALUES (@id, 1, @title, @body, @group_, @field, @status, @by, @at, @heading, @search);

-- name: ChangeArticle :execrows
UPDATE article SET version = version + 1, title = @title, body = @body, group_ = @group_, field = @field, status = @status,
    by = @by, at = @at, heading = @heading, search = @search
WHERE id = @id AND version = @version;

-- name: KeepVersion :exec
INSERT INTO article_version (article, version, title, body, group_, field, status, by, at)
SELECT a.id, a.version, a.title, a.body, a.group_, a.field, a.status, a.by, a.at FROM article a WHERE a.id = @id;

-- name: Versions :many
SELECT sqlc.embed(v), COALESCE(s.name, v.by)::text AS by_name FROM article_version v LEFT JOIN staff s ON s.id = v.by
WHERE v.article = @article ORDER BY v.version DESC;

-- name: ArticleCount :one
SELECT count(*) FROM article;
