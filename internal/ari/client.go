package ari

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Options configure a Client. The On functions run on one goroutine, one at a time;
// Stop waits for them, so they must not call it.
type Options struct {
	BaseURL  string   // such as http://127.0.0.1:8088/ari
	User     string   // of ari.conf
	Password string   // never logged
	App      string   // Stasis application that we are
	Events   []string // types of events that Asterisk is to send
	Log      *slog.Logger

	// OnConnect runs after each connect and before the first event; an error drops
	// the connection and it is tried again. Its context ends with the connection.
	OnConnect func(context.Context) error
	// OnEvent takes every event, in order. It must not block.
	OnEvent func(Event)
	// OnGap is told that the events between then and the next OnConnect are lost, and
	// again of every try to connect that fails.
	OnGap func(error)
	// OnReplaced is told that another client took the application over. The client
	// has stopped and does not come back.
	OnReplaced func()
}

// timing is how long the connection waits for what.
type timing struct {
	firstBackoff, lastBackoff time.Duration
	pingEvery, pingWait       time.Duration
}

// Client is one connection to one Asterisk.
type Client struct {
	opts   Options
	timing timing
	http   *http.Client // for requests
	sounds *http.Client // for those about what a channel hears, which wait behind its prompt
	socket *http.Client // for the WebSocket, which must not wait for a place in the pool

	mu     sync.Mutex
	cancel context.CancelFunc
	done   chan struct{}
}

// poolSize is how many requests may be under way at once, and as many again of those
// about sounds: however many of these wait behind prompts, a leg is made and joined at
// once. Asterisk serves each on a thread of its own (http.conf sessionlimit must be above
// both).
const poolSize = 64

// New builds a client; nothing is connected before Start.
func New(opts Options) *Client {
	opts.BaseURL = strings.TrimSuffix(opts.BaseURL, "/")
	if opts.OnEvent == nil {
		opts.OnEvent = func(Event) {}
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	dial := (&net.Dialer{Timeout: 3 * time.Second}).DialContext
	pool := func() *http.Client {
		return &http.Client{
			Timeout: 30 * time.Second, // above any context that a caller sets
			Transport: &http.Transport{
				DialContext:         dial,
				MaxConnsPerHost:     poolSize,
				MaxIdleConnsPerHost: poolSize,
				// Asterisk closes an idle connection after session_keep_alive (http.conf).
				IdleConnTimeout: 10 * time.Second,
			},
		}
	}
	return &Client{
		opts: opts,
		timing: timing{
			firstBackoff: 100 * time.Millisecond, lastBackoff: 3 * time.Second,
			pingEvery: 5 * time.Second, pingWait: 5 * time.Second,
		},
		http: pool(), sounds: pool(),
		socket: &http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}},
	}
}

// Start connects and keeps connected until Stop. It returns at once: OnConnect tells
// when the connection stands. A second Start changes nothing.
func (c *Client) Start(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		return nil
	}
	ctx, c.cancel = context.WithCancel(ctx)
	done := make(chan struct{})
	c.done = done
	go func() {
		defer close(done)
		c.stay(ctx)
	}()
	return nil
}

// Stop disconnects and waits until no event is delivered any more. Safe twice and
// before Start.
func (c *Client) Stop() {
	c.mu.Lock()
	cancel, done := c.cancel, c.done
	c.mu.Unlock()
	if cancel != nil {
		cancel()
		<-done
		c.mu.Lock()
		if c.done == done { // another Stop, and another Start, may have been quicker
			c.cancel, c.done = nil, nil
		}
		c.mu.Unlock()
	}
	c.http.CloseIdleConnections()
}

// eventsURL is the address of the event WebSocket.
func (c *Client) eventsURL() string {
	query := url.Values{"app": {c.opts.App}, "subscribeAll": {"false"}}
	return "ws" + strings.TrimPrefix(c.opts.BaseURL, "http") + "/events?" + query.Encode()
}
