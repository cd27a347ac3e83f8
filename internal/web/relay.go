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
	lines, done, ok := s.lineUp(key)
	if !ok {
		return errForbidden
	}
	var down sync.Once
	lineDown := func() { down.Do(func() { lines.LineDown(key) }) }
	defer lineDown()

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
	browser := r.Header.Get("Origin") != ""
	s.join(r.Context(), near, far, browser, done, lineDown)
	return nil
}

// lineUp finds whose key it is: a desk's, a guest's, or a supervisor's.
func (s *site) lineUp(key string) (lines Lines, done <-chan struct{}, ok bool) {
	for _, lines := range []Lines{s.desks, s.guests, s.deps.Ears} {
		if done, ok := lines.LineUp(key); ok {
			return lines, done, true
		}
	}
	return nil, nil, false
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
// the phone. The messages are not looked at.
func (s *site) join(ctx context.Context, near, far *websocket.Conn, browser bool, done <-chan struct{}, lineDown func()) {
	near.SetReadLimit(relayFrame)
	far.SetReadLimit(relayFrame)
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // the request ended with the upgrade
	over := make(chan struct{}, 4)
	var ends sync.WaitGroup
	defer func() {
		cancel()
		ends.Wait()
	}()
	works := []func(){
		func() { carry(ctx, near, far) },
		func() { carry(ctx, far, near) },
		func() { s.keepAlive(ctx, far) },
	}
	// A phone that is no browser need not know pings: sipgo's WebSocket (1.7.2) takes a
	// ping's payload for a frame and hangs up. There, the end of TCP has to do.
	if browser {
		works = append(works, func() { s.keepAlive(ctx, near) })
	}
	for _, work := range works {
		ends.Go(func() {
			work()
			over <- struct{}{}
		})
	}
	status, why := websocket.StatusGoingAway, ""
	select {
	case <-over:
	case <-done:
		status, why = websocket.StatusPolicyViolation, "signed out"
	case <-s.stopped:
	}
	lineDown()
	// The phone's messages are read on while it is told, or it could not agree. One
	// that is gone does not keep us.
	goodbye := time.AfterFunc(s.pace.goodbye, cancel)
	defer goodbye.Stop()
	near.Close(status, why) //nolint:errcheck // over is over
}

// carry takes the messages of one end to the other. A slow end slows the other down.
// SIP is text (RFC 7118 §4.2); what else comes ends the relay.
func carry(ctx context.Context, from, to *websocket.Conn) {
	for {
		kind, message, err := from.Read(ctx)
		if err != nil || kind != websocket.MessageText || to.Write(ctx, kind, message) != nil {
			return
		}
	}
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
