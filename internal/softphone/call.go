package softphone

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
	"github.com/pion/sdp/v3"
)

// CallOptions say whom to call, through what, and what to say.
type CallOptions struct {
	Via  string // host:port of the SIP server
	To   string // number
	From string // number of the caller
	Say  Source // nil is silence

	// Light calls cost little, so that there can be a thousand: they say the first 20 ms
	// of Say over and over, from one goroutine for all of a phone's, and hear up to the
	// first sound.
	Light bool
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
	if o.Light {
		c.media.crowd = p.crowd
	}

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

// KeyEnded is when the end of the last key was sent; zero before any.
func (c *Call) KeyEnded() time.Time {
	if at := c.media.keyEnded.Load(); at != nil {
		return *at
	}
	return time.Time{}
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
