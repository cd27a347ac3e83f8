package softphone

import (
	"net"
	"strings"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// Incoming is a call that wants to come in.
type Incoming struct {
	From, To string // numbers: the user parts of From and of the request's address
	At       time.Time

	request *sip.Request
}

// Header is the value of a header of the INVITE, "" when it has none of that name.
func (i Incoming) Header(name string) string {
	if h := i.request.GetHeader(name); h != nil {
		return h.Value()
	}
	return ""
}

// Reply is what a phone does with a call that comes in. The zero Reply answers at once,
// is silent, and leaves hanging up to others.
type Reply struct {
	Ring    time.Duration // rings that long first
	Status  int           // Answered, or what it is refused with (RFC 3261 §21)
	MovedTo string        // address to go to instead, with a Status of 3xx
	Say     Source        // nil is silence
	TalkFor time.Duration // hangs up then; 0 does not
	Up      func(*Call)   // is given the call when it is answered; may be nil
}

// What a Reply's Status may be, and any other of SIP's.
const (
	Answered = 0
	Unheard  = -1 // rings until the caller gives up
	Busy     = sip.StatusBusyHere
	Declined = sip.StatusGlobalDecline
)

// Answer lets calls come in: f says what becomes of each, and may be called by several
// at once. Without it the phone is temporarily unavailable (480).
func (p *Phone) Answer(f func(Incoming) Reply) {
	p.mu.Lock()
	p.reply = f
	p.mu.Unlock()
}

// invited takes an INVITE; it returns when the call is over.
func (p *Phone) invited(req *sip.Request, tx sip.ServerTransaction) {
	if !p.begin() {
		return
	}
	defer p.taken.Done()
	if tag, _ := req.To().Params.Get("tag"); tag != "" {
		// Within a call nothing is negotiated anew (RFC 3261 §14.2).
		refuse(req, tx, Reply{Status: sip.StatusNotAcceptableHere})
		return
	}
	p.mu.Lock()
	decide := p.reply
	p.mu.Unlock()
	if decide == nil {
		refuse(req, tx, Reply{Status: sip.StatusTemporarilyUnavailable})
		return
	}
	contact := sip.ContactHeader{Address: sip.Uri{Scheme: "sip", User: req.Recipient.User, Host: p.ip, Port: p.port}}
	dialog, err := (&sipgo.DialogUA{Client: p.client, ContactHDR: contact}).ReadInvite(req, tx)
	if err != nil {
		refuse(req, tx, Reply{Status: sip.StatusBadRequest})
		return
	}
	defer dialog.Close() //nolint:errcheck // over is over
	in := Incoming{From: req.From().Address.User, To: req.Recipient.User, At: time.Now(), request: req}
	reply := decide(in)
	if reply.Ring > 0 || reply.Status == Unheard {
		dialog.Respond(sip.StatusRinging, "Ringing", nil) //nolint:errcheck // the final reply follows
		switch p.rings(dialog, reply) {
		case rang:
		case gaveUp: // told 487 already
			awaitACK(tx)
			return
		case switchedOff:
			reply = Reply{Status: sip.StatusTemporarilyUnavailable}
		}
	}
	if reply.Status != Answered {
		refuse(dialog.InviteRequest, tx, reply)
		return
	}
	p.take(dialog, tx, in, reply)
}

// ringEnd says how ringing ended.
type ringEnd int

const (
	rang        ringEnd = iota // as long as it should
	gaveUp                     // the caller did
	switchedOff                // the phone is being closed
)

func (p *Phone) rings(dialog *sipgo.DialogServerSession, reply Reply) ringEnd {
	var enough <-chan time.Time
	if reply.Status != Unheard {
		timer := time.NewTimer(reply.Ring)
		defer timer.Stop()
		enough = timer.C
	}
	select {
	case <-enough:
		return rang
	case <-dialog.Context().Done():
		return gaveUp
	case <-p.closing:
		return switchedOff
	}
}

// refuse says no, and waits for the far end to acknowledge it (RFC 3261 §17.2.1).
func refuse(invite *sip.Request, tx sip.ServerTransaction, reply Reply) {
	res := sip.NewResponseFromRequest(invite, reply.Status, "Not taken", nil)
	if reply.MovedTo != "" {
		res.AppendHeader(sip.NewHeader("Contact", "<"+reply.MovedTo+">"))
	}
	if tx.Respond(res) == nil {
		awaitACK(tx)
	}
}

func awaitACK(tx sip.ServerTransaction) {
	select {
	case <-tx.Acks():
	case <-tx.Done():
	}
}

// take answers, and returns when the call is over.
func (p *Phone) take(dialog *sipgo.DialogServerSession, tx sip.ServerTransaction, in Incoming, reply Reply) {
	far, err := mediaAddress(in.request.Body())
	if err != nil || !strings.Contains(string(in.request.Body()), "PCMA/8000") {
		refuse(dialog.InviteRequest, tx, Reply{Status: sip.StatusNotAcceptableHere})
		return
	}
	socket, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.ParseIP(p.ip)})
	if err != nil {
		refuse(dialog.InviteRequest, tx, Reply{Status: sip.StatusInternalServerError})
		return
	}
	if reply.Say == nil {
		reply.Say = Silence()
	}
	local, _ := socket.LocalAddr().(*net.UDPAddr)
	c := &Call{
		From: in.From, Heard: newHeard(), Invited: in.At, Answered: time.Now(), phone: p,
		id: in.request.CallID().Value(), dialog: dialog, done: make(chan struct{}),
	}
	c.media = newMedia(socket, reply.Say, c.Heard)
	p.keep(c)
	// It returns with the ACK. A caller who gave up in this moment sends none.
	if err := dialog.RespondSDP(p.describe(local)); err != nil || dialog.Context().Err() != nil {
		c.end("far end")
		return
	}
	c.media.start(far)
	if reply.Up != nil {
		reply.Up(c)
	}
	var enough <-chan time.Time
	if reply.TalkFor > 0 {
		timer := time.NewTimer(reply.TalkFor)
		defer timer.Stop()
		enough = timer.C
	}
	select {
	case <-enough:
		c.Hangup()
	case <-c.Done():
	}
}

// acked confirms the answer to a call that came in.
func (p *Phone) acked(req *sip.Request, tx sip.ServerTransaction) {
	p.mu.Lock()
	c := p.calls[req.CallID().Value()]
	p.mu.Unlock()
	if c == nil {
		return
	}
	if dialog, ok := c.dialog.(*sipgo.DialogServerSession); ok {
		dialog.ReadAck(req, tx) //nolint:errcheck // an ACK has no answer
	}
}
