package softphone

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
	"github.com/pion/rtp"
	"github.com/pion/sdp/v3"

	"hotline1022/internal/softphone/audio"
)

// CallOptions say whom to call, through what, and what to say.
type CallOptions struct {
	Via  string // host:port of the SIP server
	To   string // number
	From string // number of the caller
	Say  Source // nil is silence
}

// Call is one call of a citizen's phone, made or taken.
type Call struct {
	From     string // number of the caller
	Heard    *Heard
	Invited  time.Time // when the INVITE was sent, or came
	Answered time.Time // when the 200 came, or was sent

	phone  *Phone
	id     string // Call-ID
	dialog dialog
	media  *media

	once    sync.Once
	done    chan struct{}
	endedBy string
}

// dialog is a call's SIP, whoever called (RFC 3261 §12).
type dialog interface {
	Bye(ctx context.Context) error
	Close() error
}

// payload types that we offer (RFC 3551, RFC 4733).
const (
	payloadALaw  = 8
	payloadEvent = 101
)

// Call dials and returns when the far end has answered. When ctx ends before that,
// the call is cancelled.
func (p *Phone) Call(ctx context.Context, o CallOptions) (*Call, error) {
	socket, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.ParseIP(p.ip)})
	if err != nil {
		return nil, fmt.Errorf("opening a media port: %w", err)
	}
	local, _ := socket.LocalAddr().(*net.UDPAddr)
	c := &Call{From: o.From, Heard: newHeard(), phone: p, done: make(chan struct{})}
	if o.Say == nil {
		o.Say = Silence()
	}
	c.media = newMedia(socket, o.Say, c.Heard)

	var to sip.Uri
	if err := sip.ParseUri("sip:"+o.To+"@"+o.Via, &to); err != nil {
		socket.Close() //nolint:errcheck // nothing was sent
		return nil, fmt.Errorf("%q through %q is no SIP address: %w", o.To, o.Via, err)
	}
	agent := sipgo.DialogUA{Client: p.client, ContactHDR: sip.ContactHeader{Address: sip.Uri{Scheme: "sip", User: o.From, Host: p.ip, Port: p.port}}}
	from := sip.FromHeader{Address: sip.Uri{Scheme: "sip", User: o.From, Host: p.ip}, Params: sip.NewParams()}
	from.Params.Add("tag", sip.GenerateTagN(12))
	c.Invited = time.Now()
	dialog, err := agent.Invite(ctx, to, p.describe(local), &from, sip.NewHeader("Content-Type", "application/sdp"))
	if err != nil {
		socket.Close() //nolint:errcheck // nothing was sent
		return nil, fmt.Errorf("calling %s through %s: %w", o.To, o.Via, err)
	}
	c.dialog, c.id = dialog, dialog.InviteRequest.CallID().Value()
	p.keep(c)
	if err := c.answered(ctx, dialog); err != nil {
		p.forget(c.id)
		socket.Close() //nolint:errcheck // the call is over
		dialog.Close() //nolint:errcheck // the call is over
		return nil, err
	}
	return c, nil
}

// describe is the SDP of a call whose media come to that address: A-law and keys.
func (p *Phone) describe(local *net.UDPAddr) []byte {
	return fmt.Appendf(nil, "v=0\r\no=- %d 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio %d RTP/AVP 8 101\r\n"+
		"a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n",
		time.Now().Unix(), p.ip, p.ip, local.Port)
}

// answered waits for the far end to answer.
func (c *Call) answered(ctx context.Context, dialog *sipgo.DialogClientSession) error {
	if err := dialog.WaitAnswer(ctx, sipgo.AnswerOptions{}); err != nil {
		return fmt.Errorf("%w: %w", ErrNotAnswered, err)
	}
	c.Answered = time.Now()
	if err := dialog.Ack(ctx); err != nil {
		return fmt.Errorf("acknowledging the answer: %w", err)
	}
	far, err := mediaAddress(dialog.InviteResponse.Body())
	if err != nil {
		return err
	}
	c.media.start(far)
	return nil
}

// mediaAddress reads where the far end wants RTP, from its offer or answer.
func mediaAddress(body []byte) (*net.UDPAddr, error) {
	var desc sdp.SessionDescription
	if err := desc.Unmarshal(body); err != nil {
		return nil, fmt.Errorf("reading the far end's SDP: %w", err)
	}
	if len(desc.MediaDescriptions) == 0 {
		return nil, errors.New("the far end's SDP has no audio")
	}
	m := desc.MediaDescriptions[0]
	where := desc.ConnectionInformation
	if m.ConnectionInformation != nil {
		where = m.ConnectionInformation
	}
	if where == nil || where.Address == nil {
		return nil, errors.New("the far end's SDP has no address")
	}
	return &net.UDPAddr{IP: net.ParseIP(where.Address.Address), Port: m.MediaName.Port.Value}, nil
}

// Press sends DTMF digits as RFC 4733 events, one after the other.
func (c *Call) Press(ctx context.Context, digits string) error {
	for _, d := range digits {
		if err := c.media.press(ctx, d); err != nil {
			return fmt.Errorf("pressing %c: %w", d, err)
		}
	}
	return nil
}

// Restart begins the call's RTP anew, as when the network moves it to another gateway: an
// other source, whose numbers are below those of before (RFC 3550 §8).
func (c *Call) Restart() { c.media.restart.Store(true) }

// Done is closed when the call is over; EndedBy then says by whom.
func (c *Call) Done() <-chan struct{} { return c.done }

// EndedBy is "us" or "far end", after Done.
func (c *Call) EndedBy() string { return c.endedBy }

// Hangup ends the call. Safe twice, and after the far end has.
func (c *Call) Hangup() {
	select {
	case <-c.done:
		return
	default:
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c.dialog.Bye(ctx) //nolint:errcheck // over is over
	c.end("us")
}

func (c *Call) end(by string) {
	c.once.Do(func() {
		c.endedBy = by
		c.phone.forget(c.id)
		c.media.close()
		if by != "us" {
			c.dialog.Close() //nolint:errcheck // over is over
		}
		close(c.done)
	})
}

// media is a call's RTP: one goroutine sends, one listens.
type media struct {
	socket  *net.UDPConn
	say     Source
	heard   *Heard
	presses chan press
	restart atomic.Bool
	running sync.WaitGroup

	mu     sync.Mutex
	closed bool // perhaps before it was started: a BYE may overtake our ACK
	cancel context.CancelFunc
}

type press struct {
	event byte
	done  chan struct{}
}

func newMedia(socket *net.UDPConn, say Source, heard *Heard) *media {
	return &media{socket: socket, say: say, heard: heard, presses: make(chan press)}
}

func (m *media) start(far *net.UDPAddr) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return
	}
	var ctx context.Context
	ctx, m.cancel = context.WithCancel(context.Background())
	m.running.Go(m.listen)
	m.running.Go(func() { m.send(ctx, far) })
}

func (m *media) close() {
	m.mu.Lock()
	m.closed = true
	if m.cancel != nil {
		m.cancel()
	}
	m.mu.Unlock()
	m.socket.Close() //nolint:errcheck // wakes the listener
	m.running.Wait()
}

func (m *media) listen() {
	buffer := make([]byte, 2048)
	for {
		n, err := m.socket.Read(buffer)
		if err != nil {
			return
		}
		var packet rtp.Packet
		if packet.Unmarshal(buffer[:n]) == nil && packet.PayloadType == payloadALaw {
			m.heard.add(audio.DecodeALaw(packet.Payload))
		}
	}
}

// Lengths of a key in packets of 20 ms (RFC 4733 §2.5.1.4: the end is sent thrice).
const (
	keyPackets = 8
	keyEnds    = 3
	keyPause   = 5
)

// backwards is how far a restarted source's numbers are behind: ten minutes of packets.
const backwards = 30000

// send speaks, and in place of speech sends keys when some are pressed.
func (m *media) send(ctx context.Context, far *net.UDPAddr) {
	header := rtp.Header{Version: 2, SSRC: uint32(time.Now().UnixNano())}
	var key *press
	var sent int // packets of the key that is being pressed
	var began uint32
	paced(ctx, func(n int) error {
		if key == nil {
			select {
			case p := <-m.presses:
				key, sent, began = &p, 0, uint32(n)
			default:
			}
		}
		header.SequenceNumber++
		if m.restart.Swap(false) {
			header.SSRC++
			header.SequenceNumber -= backwards
		}
		header.Timestamp, header.PayloadType, header.Marker = uint32(n), payloadALaw, n == 0
		payload := audio.EncodeALaw(m.say(n))
		if key != nil && sent < keyPackets+keyEnds-1 {
			payload = eventPayload(key.event, sent)
			header.PayloadType, header.Timestamp, header.Marker = payloadEvent, began, sent == 0
		}
		packet := rtp.Packet{Header: header, Payload: payload}
		data, err := packet.Marshal()
		if err != nil {
			return err
		}
		if _, err := m.socket.WriteToUDP(data, far); err != nil {
			return err
		}
		if key != nil {
			if sent++; sent == keyPackets+keyEnds+keyPause {
				close(key.done)
				key = nil
			}
		}
		return nil
	})
}

// eventPayload is RFC 4733 §2.3: event, end bit and volume, duration so far.
func eventPayload(event byte, sent int) []byte {
	duration := uint16(min(sent+1, keyPackets) * audio.Frame)
	flags := byte(10)
	if sent >= keyPackets-1 {
		flags |= 0x80
	}
	return []byte{event, flags, byte(duration >> 8), byte(duration)}
}

func (m *media) press(ctx context.Context, digit rune) error {
	event, ok := map[rune]byte{'*': 10, '#': 11}[digit]
	if !ok {
		if digit < '0' || digit > '9' {
			return errors.New("not a key of a telephone")
		}
		event = byte(digit - '0')
	}
	p := press{event: event, done: make(chan struct{})}
	select {
	case m.presses <- p:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
