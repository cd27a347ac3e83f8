package web

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"github.com/coder/websocket"
)

// relayed is one softphone's socket, as those are told of it whose it is.
type relayed struct {
	key     string
	browser bool
	done    <-chan struct{} // closed when the socket has to close

	up   func() // the far end has confirmed a registration
	down func() // the socket has closed
	gone func() // … with its page

	once sync.Once
}

// lineUp finds whose key it is: a desk's, a guest's, or a supervisor's.
func (s *site) lineUp(key string) (*relayed, bool) {
	if done, ok := s.desks.LineUp(key); ok {
		return &relayed{
			key: key, done: done, up: func() { s.desks.Registered(key) },
			down: func() { s.desks.LineDown(key) }, gone: func() { s.desks.LineGone(key) },
		}, true
	}
	for _, lines := range []Lines{s.guests, s.deps.Ears} {
		if done, ok := lines.LineUp(key); ok {
			down := func() { lines.LineDown(key) }
			return &relayed{key: key, done: done, up: func() {}, down: down, gone: down}, true
		}
	}
	return nil, false
}

// ended says once that the socket has closed. Browsers close those of a page that is
// closed or loaded anew with "going away" (RFC 6455 §7.4.1); a network that breaks says
// nothing at all.
func (l *relayed) ended(status websocket.StatusCode) {
	l.once.Do(func() {
		if status == websocket.StatusGoingAway {
			l.gone()
			return
		}
		l.down()
	})
}

// toPhone takes the far end's messages to the softphone.
func (l *relayed) toPhone(ctx context.Context, far, near *websocket.Conn) {
	carry(ctx, far, near, func(message []byte) {
		if confirmsRegistration(message) {
			l.up()
		}
	})
}

// carry takes the messages of one end to the other, and says how the one end closed. A
// slow end slows the other down. SIP is text (RFC 7118 §4.2); what else comes ends the
// relay.
func carry(ctx context.Context, from, to *websocket.Conn, carried func([]byte)) websocket.StatusCode {
	for {
		kind, message, err := from.Read(ctx)
		if err != nil {
			return websocket.CloseStatus(err)
		}
		if kind != websocket.MessageText || to.Write(ctx, kind, message) != nil {
			return -1
		}
		carried(message)
	}
}

// confirmsRegistration says whether the message is a 200 to a REGISTER after which there
// is a contact (RFC 3261 §10.3, step 8); after that of a softphone that leaves there is
// none. Asterisk writes header names in full.
func confirmsRegistration(message []byte) bool {
	if !bytes.HasPrefix(message, []byte("SIP/2.0 200 ")) {
		return false
	}
	head, _, _ := bytes.Cut(message, []byte("\r\n\r\n"))
	contact, register := false, false
	for line := range strings.SplitSeq(string(head), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "contact", "m":
			contact = true
		case "cseq":
			register = strings.HasSuffix(strings.TrimSpace(value), " REGISTER")
		}
	}
	return contact && register
}
