package asterisk_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/emiago/sipgo/sip"
	"github.com/icholy/digest"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone/audio"
)

// talker speaks SIP by hand, so that it can also say what no honest phone says. It
// has one call.
type talker struct {
	tb    testing.TB
	via   string // UDP or WS
	local string // host of Via and Contact
	send  func([]byte) error
	media *net.UDPConn
	tone  float64

	callID, tag string
	cseq        int
	replies     chan *sip.Response
	done        chan struct{} // closed by the far end's BYE
	hungUp      sync.Once

	mu    sync.Mutex
	heard []int16
}

// citizen talks over UDP from a port of the kernel's choice, saying a tone (0 is silence).
func (r *rig) citizen(tone float64) *talker {
	r.tb.Helper()
	conn, err := net.Dial("udp", r.ends.SIPAddress)
	require.NoError(r.tb, err)
	t := r.talker("UDP", conn.LocalAddr().String(), tone)
	t.send = func(b []byte) error { _, err := conn.Write(b); return err }
	go t.read(func() ([]byte, error) {
		buf := make([]byte, 8192)
		n, err := conn.Read(buf)
		return buf[:n], err
	})
	r.tb.Cleanup(func() { conn.Close() }) //nolint:errcheck // the test ends
	return t
}

// browser talks over WebSocket as our relay does: from loopback.
func (r *rig) browser() *talker {
	r.tb.Helper()
	conn, _, err := websocket.Dial(r.tb.Context(), r.ends.WebSocketURL, &websocket.DialOptions{Subprotocols: []string{"sip"}})
	require.NoError(r.tb, err)
	t := r.talker("WS", strings.ToLower(rand.Text()[:10])+".invalid", 0)
	t.send = func(b []byte) error { return conn.Write(context.Background(), websocket.MessageText, b) }
	go t.read(func() ([]byte, error) {
		_, data, err := conn.Read(context.Background())
		return data, err
	})
	r.tb.Cleanup(func() { conn.CloseNow() }) //nolint:errcheck // the test ends
	return t
}

func (r *rig) talker(via, local string, tone float64) *talker {
	media, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	require.NoError(r.tb, err)
	r.tb.Cleanup(func() { media.Close() }) //nolint:errcheck // the test ends
	t := &talker{
		tb: r.tb, via: via, local: local, media: media, tone: tone, callID: rand.Text(), tag: rand.Text()[:8],
		replies: make(chan *sip.Response, 20), done: make(chan struct{}),
	}
	go t.listen()
	return t
}

func (t *talker) read(next func() ([]byte, error)) {
	parser := sip.NewParser()
	for {
		data, err := next()
		if err != nil {
			return
		}
		message, err := parser.ParseSIP(data)
		if err != nil {
			continue
		}
		switch m := message.(type) {
		case *sip.Response:
			t.replies <- m
		case *sip.Request:
			_ = t.send([]byte(sip.NewResponseFromRequest(m, 200, "OK", nil).String()))
			if m.Method == sip.BYE {
				t.hungUp.Do(func() { close(t.done) })
			}
		}
	}
}

// listen keeps what comes as RTP.
func (t *talker) listen() {
	buf := make([]byte, 2048)
	for {
		n, err := t.media.Read(buf)
		if err != nil {
			return
		}
		if n > 12 && buf[1]&0x7f == 8 {
			t.mu.Lock()
			t.heard = append(t.heard, audio.DecodeALaw(buf[12:n])...)
			t.mu.Unlock()
		}
	}
}

// say sends the tone to where an answer wants it, until the socket is closed.
func (t *talker) say(far *net.UDPAddr) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ; i++ {
		<-tick.C
		voice := make([]int16, audio.Frame)
		if t.tone > 0 {
			voice = audio.Tone(t.tone, i*audio.Frame, audio.Frame)
		}
		at := i * audio.Frame
		packet := []byte{0x80, 8, byte(i >> 8), byte(i), byte(at >> 24), byte(at >> 16), byte(at >> 8), byte(at), 1, 2, 3, 4}
		if _, err := t.media.WriteToUDP(append(packet, audio.EncodeALaw(voice)...), far); err != nil {
			return
		}
	}
}

// hears waits until the last 200 ms heard are that tone.
func (t *talker) hears(hz float64, within time.Duration) {
	t.tb.Helper()
	require.Eventually(t.tb, func() bool {
		t.mu.Lock()
		defer t.mu.Unlock()
		n := len(t.heard) - audio.Rate/5
		return n > 0 && audio.RMS(t.heard[n:]) > 100 && audio.Share(t.heard[n:], hz) > 0.8
	}, within, 10*time.Millisecond, "the tone of %v Hz is not heard", hz)
}

// over waits for the far end's BYE.
func (t *talker) over(within time.Duration) {
	t.tb.Helper()
	select {
	case <-t.done:
	case <-time.After(within):
		t.tb.Fatal("the call does not end")
	}
}

// request says one request and returns its final reply, answering one challenge.
func (t *talker) request(method, to, from, password, more, body string) *sip.Response {
	t.tb.Helper()
	var authorization string
	for {
		t.cseq++
		text := fmt.Sprintf("%s sip:%s@hotline SIP/2.0\r\nVia: SIP/2.0/%s %s;branch=z9hG4bK%s;rport\r\nMax-Forwards: 70\r\n"+
			"From: <sip:%s@hotline>;tag=%s\r\nTo: <sip:%s@hotline>\r\nCall-ID: %s\r\nCSeq: %d %s\r\n"+
			"Contact: <sip:%s@%s;transport=%s>\r\n%s%sContent-Length: %d\r\n\r\n%s",
			method, to, t.via, t.local, rand.Text(), from, t.tag, to, t.callID, t.cseq, method,
			from, t.local, strings.ToLower(t.via), authorization, more, len(body), body)
		require.NoError(t.tb, t.send([]byte(text)))
		res := t.final()
		if method == "INVITE" {
			t.ack(text, res)
		}
		challenge := res.GetHeader("WWW-Authenticate")
		if res.StatusCode != sip.StatusUnauthorized || authorization != "" || password == "" || challenge == nil {
			return res
		}
		asked, err := digest.ParseChallenge(challenge.Value())
		require.NoError(t.tb, err)
		answer, err := digest.Digest(asked, digest.Options{
			Method: method, URI: "sip:" + to + "@hotline", Username: from, Password: password,
		})
		require.NoError(t.tb, err)
		authorization = "Authorization: " + answer.String() + "\r\n"
	}
}

func (t *talker) final() *sip.Response {
	t.tb.Helper()
	late := time.After(10 * time.Second)
	for {
		select {
		case res := <-t.replies:
			if res.StatusCode >= 200 {
				return res
			}
		case <-late:
			t.tb.Fatal("no final reply")
		}
	}
}

// ack acknowledges a final reply (RFC 3261 §13.2.2.4, §17.1.1.3).
func (t *talker) ack(invite string, res *sip.Response) {
	var b strings.Builder
	head, _, _ := strings.Cut(invite, "\r\n\r\n")
	for line := range strings.SplitSeq(head, "\r\n") {
		switch name, _, _ := strings.Cut(line, ":"); {
		case strings.HasPrefix(line, "INVITE "):
			line = "ACK " + strings.TrimPrefix(line, "INVITE ")
		case name == "To":
			line = "To: " + res.To().Value()
		case name == "CSeq":
			line = strings.ReplaceAll(line, "INVITE", "ACK")
		case name == "Via" && res.StatusCode < 300:
			line = strings.Replace(line, "z9hG4bK", "z9hG4bKa", 1)
		case name == "Content-Type", name == "Authorization":
			continue
		case name == "Content-Length":
			line = "Content-Length: 0"
		}
		b.WriteString(line + "\r\n")
	}
	require.NoError(t.tb, t.send([]byte(b.String()+"\r\n")))
}

func (t *talker) register(user, password string) int {
	t.tb.Helper()
	return t.request("REGISTER", user, user, password, "Expires: 60\r\n", "").StatusCode
}

// invite calls and returns the final status.
func (t *talker) invite(to, from, password string) int {
	t.tb.Helper()
	offer := fmt.Sprintf("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP 8\r\n"+
		"a=rtpmap:8 PCMA/8000\r\na=sendrecv\r\n", t.media.LocalAddr().(*net.UDPAddr).Port)
	res := t.request("INVITE", to, from, password, "Content-Type: application/sdp\r\n", offer)
	if res.StatusCode == sip.StatusOK {
		far := &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}
		for line := range strings.SplitSeq(string(res.Body()), "\r\n") {
			fmt.Sscanf(line, "m=audio %d ", &far.Port) //nolint:errcheck // most lines are others
		}
		go t.say(far)
	}
	return res.StatusCode
}
