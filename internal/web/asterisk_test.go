package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

// The relay before a real Asterisk: its sub-protocol, its answers to our pings, and
// SIP both ways.
func TestRelayToAsterisk(t *testing.T) {
	t.Parallel()
	parts := realstack.Start(t, realstack.Options(t, stack.Asterisk))
	const ping = 250 * time.Millisecond
	w := newWorld(t, func(w *world, p *pace) { w.deps.SIP, p.ping = parts.Endpoints().WebSocketURL, ping })
	conn := w.phone("deskkey")
	w.desks.hears(t, "up deskkey")
	messages := make(chan string, 10)
	go func() {
		defer close(messages)
		for {
			_, message, err := conn.Read(context.WithoutCancel(t.Context()))
			if err != nil {
				return
			}
			messages <- string(message)
		}
	}()
	register := strings.Join([]string{
		"REGISTER sip:hotline SIP/2.0", "Via: SIP/2.0/WS phone.invalid;branch=z9hG4bK1", "Max-Forwards: 70", "From: <sip:nobody@hotline>;tag=1",
		"To: <sip:nobody@hotline>", "Call-ID: 1", "CSeq: 1 REGISTER", "Contact: <sip:nobody@phone.invalid;transport=ws>", "Expires: 60", "Content-Length: 0", "", "",
	}, "\r\n")
	require.NoError(t, conn.Write(t.Context(), websocket.MessageText, []byte(register)))
	select {
	case message := <-messages:
		require.Regexp(t, `^SIP/2.0 40[134] `, message, "nobody has no account")
	case <-time.After(10 * time.Second):
		require.Fail(t, "Asterisk does not answer through the relay")
	}
	// Both ends answer pings: after some of them the line is still up.
	quiet := time.NewTimer(4 * ping)
	defer quiet.Stop()
	select {
	case <-quiet.C:
	case told := <-w.desks.told:
		require.Fail(t, "the relay broke: "+told)
	}
	require.NoError(t, conn.Close(websocket.StatusNormalClosure, ""))
	w.desks.hears(t, "down deskkey")
}
