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

const (
	firstBackoff = 100 * time.Millisecond
	lastBackoff  = 3 * time.Second
	pingEvery    = 5 * time.Second
	pingWait     = 5 * time.Second
	eventLimit   = 1 << 20 // bytes of one event
)

var errReplaced = errors.New("another client took the application over")

// stay connects, again and again, until ctx ends or the application is taken over.
func (c *Client) stay(ctx context.Context) {
	backoff := firstBackoff
	for ctx.Err() == nil {
		began := time.Now()
		err := c.session(ctx)
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
		if time.Since(began) > lastBackoff {
			backoff = firstBackoff
		}
		c.opts.Log.Warn("no connection to Asterisk", slog.Any("error", err), slog.Duration("again_in", backoff))
		select {
		case <-time.After(backoff/2 + rand.N(backoff/2+1)):
		case <-ctx.Done():
		}
		backoff = min(backoff*2, lastBackoff)
	}
}

// session is one connection, from dial to its end. It always returns an error: a
// clean close is a disconnect too.
func (c *Client) session(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	auth := base64.StdEncoding.EncodeToString([]byte(c.opts.User + ":" + c.opts.Password))
	dialCtx, dialed := context.WithTimeout(ctx, pingWait)
	conn, resp, err := websocket.Dial(dialCtx, c.eventsURL(), &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: c.http.Transport},
		HTTPHeader: http.Header{"Authorization": {"Basic " + auth}},
	})
	dialed()
	if err != nil {
		if resp != nil && resp.StatusCode == http.StatusUnauthorized {
			return fmt.Errorf("ARI refuses user %q; ari.conf and the controller must agree: %w", c.opts.User, err)
		}
		return fmt.Errorf("connecting to ARI: %w", err)
	}
	defer conn.CloseNow() //nolint:errcheck // the connection is given up either way
	conn.SetReadLimit(eventLimit)

	inbox := newInbox()
	var reader sync.WaitGroup
	reader.Go(func() { c.read(ctx, conn, inbox) })
	defer func() { cancel(); reader.Wait() }()

	if err := c.setEventFilter(ctx); err != nil {
		return err
	}
	if c.opts.OnConnect != nil {
		if err := c.opts.OnConnect(ctx); err != nil {
			return fmt.Errorf("reconciling with Asterisk: %w", err)
		}
	}
	return c.deliver(ctx, conn, inbox)
}

// read parses events into the inbox and never waits for who uses them: Asterisk
// drops a client that reads slowly (websocket_write_timeout, 100 ms).
func (c *Client) read(ctx context.Context, conn *websocket.Conn, inbox *inbox) {
	for {
		_, data, err := conn.Read(ctx)
		if err != nil {
			inbox.fail(fmt.Errorf("reading events: %w", err))
			return
		}
		event, err := Decode(data)
		if err != nil {
			c.opts.Log.Error("an event could not be read", slog.Any("error", err))
			continue
		}
		if event != nil {
			inbox.put(event)
		}
	}
}

// deliver hands out events until the connection ends, and pings meanwhile: Asterisk
// does not, and a host that lost power closes nothing.
func (c *Client) deliver(ctx context.Context, conn *websocket.Conn, inbox *inbox) error {
	pings := time.NewTicker(pingEvery)
	defer pings.Stop()
	dead := make(chan error, 1)
	pinging := false
	for {
		select {
		case <-inbox.ready:
			events, err := inbox.take()
			for _, e := range events {
				if _, ok := e.(*ApplicationReplaced); ok {
					return errReplaced
				}
				c.opts.OnEvent(e)
			}
			if err != nil {
				return err
			}
		case <-pings.C:
			if pinging {
				continue
			}
			pinging = true
			go func() {
				ctx, cancel := context.WithTimeout(ctx, pingWait)
				defer cancel()
				dead <- conn.Ping(ctx)
			}()
		case err := <-dead:
			pinging = false
			if err != nil {
				return fmt.Errorf("pings are not answered: %w", err)
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
