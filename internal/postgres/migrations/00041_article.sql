-- +goose Up

-- The knowledge base. An article has as many versions as it was saved; the last stands.
CREATE TABLE article (
    id      text PRIMARY KEY,
    version integer NOT NULL CHECK (version >= 1),
    title   text NOT NULL CHECK (title <> ''),
    body    text NOT NULL,
    group_  text NOT NULL CHECK (group_ IN ('procedure', 'emergency', 'field')),
    field   text NOT NULL,
    status  text NOT NULL CHECK (status IN ('draft', 'published', 'withdrawn')),
    by      text NOT NULL,
    at      timestamptz NOT NULL,
    heading text NOT NULL, -- the title without diacritics
    search  text NOT NULL  -- title and body without diacritics
);
CREATE INDEX article_search ON article USING gin (search gin_trgm_ops);

CREATE TABLE article_version (
    article text NOT NULL REFERENCES article ON DELETE CASCADE,
    version integer NOT NULL CHECK (version >= 1),
    title   text NOT NULL,
    body    text NOT NULL,
    group_  text NOT NULL,
    field   text NOT NULL,
    status  text NOT NULL,
    by      text NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (article, version)
);
