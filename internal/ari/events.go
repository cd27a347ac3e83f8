package ari

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
)

const eventLimit = 1 << 20 // bytes of one event

var errReplaced = errors.New("another client took the application over")

// stay connects, again and again, until ctx ends or the application is taken over.
func (c *Client) stay(ctx context.Context) {
	backoff := c.timing.firstBackoff
	for ctx.Err() == nil {
		stood, err := c.session(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errReplaced):
			c.opts.Log.Error("another controller took the application over; this one stops acting")
			if c.opts.OnReplaced != nil {
				c.opts.OnReplaced()
			}
			return
		}
		if c.opts.OnGap != nil {
			c.opts.OnGap(err)
		}
		if stood > c.timing.lastBackoff {
			backoff = c.timing.firstBackoff
		}
		c.opts.Log.Warn("no connection to Asterisk", slog.Any("error", err), slog.Duration("again_in", backoff))
		select {
		case <-time.After(backoff/2 + rand.N(backoff/2+1)):
		case <-ctx.Done():
		}
		backoff = min(backoff*2, c.timing.lastBackoff)
	}
}

// session is one connection, from dial to its end. It says how long it stood after
// OnConnect, and always returns an error: a clean close is a disconnect too.
func (c *Client) session(ctx context.Context) (stood time.Duration, err error) {
	// What ended the last connection may have taken those of the pool too, unnoticed.
	c.http.CloseIdleConnections()
	conn, err := c.dial(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.CloseNow() //nolint:errcheck // the connection is given up either way
	conn.SetReadLimit(eventLimit)

	live, over := context.WithCancel(ctx)
	inbox := newInbox()
	var helpers sync.WaitGroup
	helpers.Go(func() { defer over(); c.read(live, conn, inbox) })
	helpers.Go(func() { defer over(); c.ping(live, conn, inbox) })
	defer func() { over(); helpers.Wait() }()

	if err := c.prepare(live); err != nil {
		if why := inbox.reason(); why != nil {
			return 0, why // the connection ended meanwhile
		}
		return 0, err
	}
	began := time.Now()
	for {
		event, err := inbox.next(ctx)
		if err != nil {
			return time.Since(began), err
		}
		c.opts.OnEvent(event)
	}
}

func (c *Client) dial(ctx context.Context) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timing.pingWait)
	defer cancel()
	auth := base64.StdEncoding.EncodeToString([]byte(c.opts.User + ":" + c.opts.Password))
	conn, resp, err := websocket.Dial(ctx, c.eventsURL(), &websocket.DialOptions{ //nolint:bodyclose // the library does
		HTTPClient: c.socket,
		HTTPHeader: http.Header{"Authorization": {"Basic " + auth}},
	})
	switch {
	case err == nil:
		return conn, nil
	case resp != nil && resp.StatusCode == http.StatusUnauthorized:
		return nil, fmt.Errorf("ARI refuses user %q; ari.conf and the controller must agree: %w", c.opts.User, err)
	}
	return nil, fmt.Errorf("connecting to ARI: %w", err)
}

// prepare makes the connection ready for its events.
func (c *Client) prepare(ctx context.Context) error {
	brief, cancel := context.WithTimeout(ctx, c.timing.pingWait)
	defer cancel()
	if err := c.setEventFilter(brief); err != nil {
		return err
	}
	if c.opts.OnConnect != nil {
		if err := c.opts.OnConnect(ctx); err != nil {
			return fmt.Errorf("reconciling with Asterisk: %w", err)
		}
	}
	return nil
}

// read parses events into the inbox and never waits for who uses them: Asterisk
// drops a client that reads slowly (websocket_write_timeout).
func (c *Client) read(ctx context.Context, conn *websocket.Conn, inbox *inbox) {
	for {
		_, data, err := conn.Read(ctx)
		if err != nil {
			inbox.end(fmt.Errorf("reading events: %w", err))
			return
		}
		event, err := Decode(data)
		switch event.(type) {
		case nil:
			if err != nil {
				c.opts.Log.Error("an event could not be read", slog.Any("error", err))
			}
		case *ApplicationReplaced: // whatever waits belongs to the other one
			inbox.abort(errReplaced)
			return
		default:
			inbox.put(event)
		}
	}
}

// ping finds out that the far host is gone: Asterisk does not ping, and a host that
// lost power closes nothing.
func (c *Client) ping(ctx context.Context, conn *websocket.Conn, inbox *inbox) {
	every := time.NewTicker(c.timing.pingEvery)
	defer every.Stop()
	for {
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
		wait, cancel := context.WithTimeout(ctx, c.timing.pingWait)
		err := conn.Ping(wait)
		cancel()
		if err != nil {
			inbox.end(fmt.Errorf("pings are not answered: %w", err))
			return
		}
	}
}
