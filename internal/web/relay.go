package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// sipProtocol is the sub-protocol of SIP over WebSocket (RFC 7118 §4).
const sipProtocol = "sip"

// relayFrame is the longest message that is relayed, in bytes. SIP over UDP ends there
// too (RFC 3261 §18.1.1).
const relayFrame = 64 << 10

// relay carries a softphone's SIP to Asterisk and back, so that Asterisk's port, which
// is ARI's as well, is open to nobody. The key in the address belongs to one sign-in
// and ends with it. Sound does not pass here: a conversation goes on when the relay
// breaks, and the phone comes back.
func (s *site) relay(w http.ResponseWriter, r *http.Request) error {
	if !sameOrigin(r) {
		return errOrigin
	}
	if !offersSIP(r) {
		return badRequest("Địa chỉ này chỉ dành cho SIP qua WebSocket.", "This address is for WebSockets with the sub-protocol sip (RFC 7118).")
	}
	key := r.PathValue("key")
	end, ok := s.relays.begin(key)
	if !ok {
		return errCrowded
	}
	defer end()
	line, ok := s.lineUp(key)
	if !ok {
		return errForbidden
	}
	defer line.ended(-1)

	far, err := s.dialSIP(r.Context())
	if err != nil {
		return err
	}
	defer far.CloseNow() //nolint:errcheck // over is over
	near, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{sipProtocol}})
	if err != nil {
		return nil //nolint:nilerr // the library has answered
	}
	defer near.CloseNow() //nolint:errcheck // over is over
	line.browser = r.Header.Get("Origin") != ""
	s.join(r.Context(), near, far, line)
	return nil
}

func (s *site) dialSIP(ctx context.Context) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, s.pace.dial)
	defer cancel()
	far, _, err := websocket.Dial(ctx, s.deps.SIP, &websocket.DialOptions{Subprotocols: []string{sipProtocol}}) //nolint:bodyclose // the library does
	if err != nil {
		return nil, fmt.Errorf("reaching Asterisk's WebSocket: %w", err)
	}
	if far.Subprotocol() != sipProtocol {
		far.CloseNow() //nolint:errcheck // never used
		return nil, errors.New("reaching Asterisk's WebSocket: what listens there does not speak SIP")
	}
	return far, nil
}

// join carries messages both ways until either end closes or falls silent, the desk is
// signed out or the server stops; then it says that the line is down, and goodbye to
// the phone. Of the messages nothing is looked at but whether they confirm a registration.
func (s *site) join(ctx context.Context, near, far *websocket.Conn, line *relayed) {
	near.SetReadLimit(relayFrame)
	far.SetReadLimit(relayFrame)
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // the request ended with the upgrade
	over := make(chan websocket.StatusCode, 4)
	var ends sync.WaitGroup
	defer func() {
		cancel()
		ends.Wait()
	}()
	works := []func() websocket.StatusCode{
		func() websocket.StatusCode { return carry(ctx, near, far, func([]byte) {}) },
		func() websocket.StatusCode { line.toPhone(ctx, far, near); return -1 },
		func() websocket.StatusCode { s.keepAlive(ctx, far); return -1 },
	}
	// A phone that is no browser need not know pings: sipgo's WebSocket (1.7.2) takes a
	// ping's payload for a frame and hangs up. There, the end of TCP has to do.
	if line.browser {
		works = append(works, func() websocket.StatusCode { s.keepAlive(ctx, near); return -1 })
	}
	for _, work := range works {
		ends.Go(func() {
			over <- work()
		})
	}
	status, why := websocket.StatusGoingAway, ""
	told := websocket.StatusCode(-1)
	select {
	case told = <-over:
	case <-line.done:
		status, why = websocket.StatusPolicyViolation, "signed out"
	case <-s.stopped:
	}
	line.ended(told)
	// The phone's messages are read on while it is told, or it could not agree. One
	// that is gone does not keep us.
	goodbye := time.AfterFunc(s.pace.goodbye, cancel)
	defer goodbye.Stop()
	near.Close(status, why) //nolint:errcheck // over is over
}

// keepAlive finds out that an end has gone although nothing was closed.
func (s *site) keepAlive(ctx context.Context, conn *websocket.Conn) {
	tick := time.NewTicker(s.pace.ping)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		wait, cancel := context.WithTimeout(ctx, s.pace.ping)
		err := conn.Ping(wait)
		cancel()
		if err != nil {
			return
		}
	}
}

// offersSIP says whether the client asks for a WebSocket that speaks SIP.
func offersSIP(r *http.Request) bool {
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		return false
	}
	for _, header := range r.Header.Values("Sec-WebSocket-Protocol") {
		for offered := range strings.SplitSeq(header, ",") {
			if strings.EqualFold(strings.TrimSpace(offered), sipProtocol) {
				return true
			}
		}
	}
	return false
}
