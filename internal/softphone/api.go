package softphone

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"
	"time"
)

// API is a client of the hotline's JSON API, as far as phones use it (API.md). It is
// signed in by token or by password.
type API struct {
	base  string
	token string
	http  *http.Client
}

// NewAPI makes a client; token may be empty when SignIn follows.
func NewAPI(base, token string) *API {
	jar, _ := cookiejar.New(nil) // never fails without options
	return &API{base: strings.TrimSuffix(base, "/"), token: token, http: &http.Client{Jar: jar}}
}

// SignIn makes a session.
func (a *API) SignIn(ctx context.Context, user, password string) error {
	return a.do(ctx, http.MethodPost, "/api/session", map[string]string{"user": user, "password": password}, nil)
}

// Cookies are those of the session, for clients that share it.
func (a *API) Cookies() []*http.Cookie {
	base, err := url.Parse(a.base)
	if err != nil {
		return nil
	}
	return a.http.Jar.Cookies(base)
}

// SIP is a softphone's account.
type SIP struct {
	URI      string `json:"uri"`
	User     string `json:"user"`
	Password string `json:"password"`
	WS       string `json:"ws"`
}

// Get reads a resource.
func (a *API) Get(ctx context.Context, path string, reply any) error {
	return a.do(ctx, http.MethodGet, path, nil, reply)
}

// Post asks for something.
func (a *API) Post(ctx context.Context, path string, body, reply any) error {
	return a.do(ctx, http.MethodPost, path, body, reply)
}

// Delete removes something.
func (a *API) Delete(ctx context.Context, path string) error {
	return a.do(ctx, http.MethodDelete, path, nil, nil)
}

// PutFile sends a file.
func (a *API) PutFile(ctx context.Context, path, kind, file string, reply any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	resp, err := a.sendBytes(ctx, http.MethodPut, path, kind, data)
	if err != nil {
		return err
	}
	return read(resp, http.MethodPut, path, reply)
}

func (a *API) do(ctx context.Context, verb, path string, body, reply any) error {
	resp, err := a.send(ctx, verb, path, body)
	if err != nil {
		return err
	}
	return read(resp, verb, path, reply)
}

// read takes a reply, to its end.
func read(resp *http.Response, verb, path string, reply any) error {
	defer resp.Body.Close() //nolint:errcheck // read to its end
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", verb, path, err)
	}
	if resp.StatusCode >= http.StatusBadRequest {
		var said struct {
			Error struct{ Code, En string } `json:"error"`
		}
		if json.Unmarshal(data, &said) != nil || said.Error.En == "" {
			said.Error.En = resp.Status
		}
		return fmt.Errorf("%s %s: %s", verb, path, said.Error.En)
	}
	if raw, ok := reply.(*[]byte); ok {
		*raw = data
		return nil
	}
	if reply == nil {
		return nil
	}
	if err := json.Unmarshal(data, reply); err != nil {
		return fmt.Errorf("%s %s: %w", verb, path, err)
	}
	return nil
}

func (a *API) send(ctx context.Context, verb, path string, body any) (*http.Response, error) {
	var data []byte
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	return a.sendBytes(ctx, verb, path, "application/json", data)
}

func (a *API) sendBytes(ctx context.Context, verb, path, kind string, data []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, verb, a.base+path, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", kind)
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token)
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%w; is `make run` up?", err)
	}
	return resp, nil
}

// Events follows a stream of server-sent events and hands each to f; it connects
// again when the stream breaks, until ctx ends or f returns an error.
func (a *API) Events(ctx context.Context, path string, f func(name string, data []byte) error) error {
	for ctx.Err() == nil {
		err := a.follow(ctx, path, f)
		var stop stopError
		if errors.As(err, &stop) {
			return stop.error
		}
		select {
		case <-time.After(500 * time.Millisecond):
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// stopError is an error of the handler, which ends the stream for good.
type stopError struct{ error }

func (a *API) follow(ctx context.Context, path string, f func(string, []byte) error) error {
	resp, err := a.send(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close() //nolint:errcheck // broken off
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	name := ""
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if value, ok := strings.CutPrefix(line, "event: "); ok {
			name = value
		}
		if value, ok := strings.CutPrefix(line, "data: "); ok {
			if err := f(name, []byte(value)); err != nil {
				return stopError{err}
			}
		}
	}
	return lines.Err()
}
