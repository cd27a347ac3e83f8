package ari

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Error is a request that Asterisk refused.
type Error struct {
	Verb    string
	Path    string // below the base URL
	Status  int    // of HTTP
	Message string // Asterisk's own
}

// Error tells verb, path, status and Asterisk's message.
func (e *Error) Error() string {
	return fmt.Sprintf("ARI %s %s: %d %s", e.Verb, e.Path, e.Status, e.Message)
}

// IsNotFound says whether err is ARI's 404: the channel, bridge, playback or object
// does not exist, or not any more.
func IsNotFound(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == http.StatusNotFound
}

// do makes one request. body and reply may be nil.
func (c *Client) do(ctx context.Context, verb, path string, query url.Values, body, reply any) error {
	var content io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("ARI %s %s: %w", verb, path, err)
		}
		content = bytes.NewReader(data)
	}
	address := c.opts.BaseURL + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, verb, address, content)
	if err != nil {
		return fmt.Errorf("ARI %s %s: %w", verb, path, err)
	}
	req.SetBasicAuth(c.opts.User, c.opts.Password)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.pool(path).Do(req)
	if err != nil {
		// The query stays out of it: it may hold what must not be logged.
		var failed *url.Error
		if errors.As(err, &failed) {
			err = failed.Err
		}
		return fmt.Errorf("ARI %s %s: %w", verb, path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return fmt.Errorf("ARI %s %s: %w", verb, path, err)
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		return &Error{Verb: verb, Path: path, Status: resp.StatusCode, Message: said(data, resp.StatusCode)}
	}
	if reply == nil {
		return nil
	}
	if err := json.Unmarshal(data, reply); err != nil {
		return fmt.Errorf("ARI %s %s: %w", verb, path, err)
	}
	return nil
}

// pool is the connections for a request. Variables, music, prompts and recordings are
// done by the channel's own thread, which may be busy with a prompt.
func (c *Client) pool(path string) *http.Client {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if parts[0] == "playbacks" {
		return c.sounds
	}
	if parts[0] == "channels" && len(parts) > 2 && slices.Contains([]string{"variable", "moh", "play", "record"}, parts[2]) {
		return c.sounds
	}
	return c.http
}

// said is Asterisk's message: in "message" nearly always, in "error" where it failed
// itself (such as a channel that could not be made), none where its HTTP server spoke.
func said(data []byte, status int) string {
	var body struct {
		Message string `json:"message"`
		Error   string `json:"error"`
	}
	if json.Unmarshal(data, &body) != nil {
		return http.StatusText(status)
	}
	return cmp.Or(body.Message, body.Error, http.StatusText(status))
}

func (c *Client) post(ctx context.Context, path string, query url.Values, body any) error {
	return c.do(ctx, http.MethodPost, path, query, body, nil)
}

func (c *Client) delete(ctx context.Context, path string, query url.Values) error {
	return c.do(ctx, http.MethodDelete, path, query, nil, nil)
}
