package ari

import (
	"context"
	"net/http"
	"time"
)

// Hurry makes a client's waits short, for tests that are about them.
func (c *Client) Hurry(firstBackoff, lastBackoff, pingEvery, pingWait time.Duration) {
	c.timing = timing{firstBackoff: firstBackoff, lastBackoff: lastBackoff, pingEvery: pingEvery, pingWait: pingWait}
}

// Get reads what the package itself has no need to read.
func (c *Client) Get(ctx context.Context, path string, reply any) error {
	return c.do(ctx, http.MethodGet, path, nil, nil, reply)
}
