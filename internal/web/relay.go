package web

import (
	"context"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

const (
	relayFrame = 64 << 10 // bytes; the longest SIP message is far below
	relayPing  = 10 * time.Second
	relayDial  = 5 * time.Second
)

// relay carries a softphone's SIP over WebSocket (RFC 7118) to Asterisk and back. The
// key in the address belongs to one sign-in, and ends with it. Audio does not pass
// here: a conversation goes on when the relay breaks, and the phone comes back.
func (s *site) relay(w http.ResponseWriter, r *http.Request) error {
	key := r.PathValue("key")
	var lines Lines = s.desks
	done, ok := lines.LineUp(key)
	if !ok {
		lines = s.guests
		if done, ok = lines.LineUp(key); !ok {
			return errForbidden
		}
	}
	defer lines.LineDown(key)

	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	dialing, dialed := context.WithTimeout(ctx, relayDial)
	far, _, err := websocket.Dial(dialing, s.deps.SIP, &websocket.DialOptions{Subprotocols: []string{"sip"}}) //nolint:bodyclose // the library does
	dialed()
	if err != nil {
		return err
	}
	defer far.CloseNow() //nolint:errcheck // over is over
	near, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"sip"}})
	if err != nil {
		return nil //nolint:nilerr // the library has answered
	}
	defer near.CloseNow() //nolint:errcheck // over is over
	near.SetReadLimit(relayFrame)
	far.SetReadLimit(relayFrame)

	over := make(chan struct{}, 3)
	run := func(f func(context.Context) error) {
		go func() {
			f(ctx) //nolint:errcheck // whichever ends first ends all
			over <- struct{}{}
		}()
	}
	run(func(ctx context.Context) error { return carry(ctx, near, far) })
	run(func(ctx context.Context) error { return carry(ctx, far, near) })
	run(func(ctx context.Context) error { return keepAlive(ctx, near) })
	left := 3
	select {
	case <-over:
		left--
	case <-done:
	case <-s.stopped:
	}
	near.Close(websocket.StatusGoingAway, "") //nolint:errcheck // over is over
	cancel()
	for ; left > 0; left-- {
		<-over
	}
	return nil
}

func carry(ctx context.Context, from, to *websocket.Conn) error {
	for {
		kind, data, err := from.Read(ctx)
		if err != nil {
			return err
		}
		if err := to.Write(ctx, kind, data); err != nil {
			return err
		}
	}
}

// keepAlive finds out that a phone has gone although nothing was closed.
func keepAlive(ctx context.Context, conn *websocket.Conn) error {
	tick := time.NewTicker(relayPing)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			wait, cancel := context.WithTimeout(ctx, relayPing)
			err := conn.Ping(wait)
			cancel()
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
