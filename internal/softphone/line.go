package softphone

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// registerFor is how long a registration lasts; it is renewed at half of it.
const registerFor = 120 * time.Second

// line is a desk's SIP over WebSocket (RFC 7118): it registers, stays registered,
// and hands out the calls that come in.
type line struct {
	account SIP
	host    string // host:port of the relay
	ua      *sipgo.UserAgent
	client  *sipgo.Client
	contact sip.ContactHeader
	callID  sip.CallIDHeader
	cseq    uint32
}

// callee takes what comes in on a line.
type callee interface {
	invited(dialog *sipgo.DialogServerSession, req *sip.Request) // returns when the call is over
	acked(req *sip.Request, tx sip.ServerTransaction)
	byed(callID string)
}

// newLine makes a line through the relay of base.
func newLine(base string, account SIP, to callee) (*line, error) {
	quiet := silence()
	u, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("the hotline's address %q: %w", base, err)
	}
	host := u.Host
	if u.Port() == "" {
		host = net.JoinHostPort(u.Hostname(), "80")
	}
	ua, err := sipgo.NewUA(sipgo.WithUserAgent("hotline-desk"), sipgo.WithUserAgentHostname("desk.invalid"),
		sipgo.WithUserAgentTransportLayerOptions(sip.WithTransportLayerTransports(sip.TransportsConfig{
			WS: &sip.TransportWS{DialURI: func(host string) string { return "ws://" + host + account.WS }},
		})))
	if err != nil {
		return nil, fmt.Errorf("making a desk's line: %w", err)
	}
	l := &line{account: account, host: host, ua: ua, callID: sip.CallIDHeader(rand.Text())}
	l.client, err = sipgo.NewClient(ua, sipgo.WithClientLogger(quiet), sipgo.WithClientHostname("desk.invalid"))
	if err != nil {
		return nil, fmt.Errorf("making a desk's line: %w", err)
	}
	// RFC 7118 §5: a client that cannot be reached names a host that does not exist.
	uri := sip.Uri{Scheme: "sip", User: account.User, Host: strings.ToLower(rand.Text()[:12]) + ".invalid", UriParams: sip.NewParams()}
	uri.UriParams.Add("transport", "ws")
	l.contact = sip.ContactHeader{Address: uri}
	server, err := sipgo.NewServer(ua, sipgo.WithServerLogger(quiet))
	if err != nil {
		return nil, fmt.Errorf("making a desk's line: %w", err)
	}
	server.OnInvite(func(req *sip.Request, tx sip.ServerTransaction) {
		dialog, err := (&sipgo.DialogUA{Client: l.client, ContactHDR: l.contact, RewriteContact: true}).ReadInvite(req, tx)
		if err != nil {
			respond(req, tx, 400, "Bad Request")
			return
		}
		to.invited(dialog, req)
	})
	server.OnAck(to.acked)
	server.OnBye(func(req *sip.Request, tx sip.ServerTransaction) {
		respond(req, tx, 200, "OK")
		to.byed(req.CallID().Value())
	})
	server.OnCancel(func(req *sip.Request, tx sip.ServerTransaction) {
		respond(req, tx, 200, "OK")
		to.byed(req.CallID().Value())
	})
	server.OnOptions(func(req *sip.Request, tx sip.ServerTransaction) { respond(req, tx, 200, "OK") })
	return l, nil
}

// register registers for that long; 0 takes the registration back.
func (l *line) register(ctx context.Context, lasts time.Duration) error {
	seconds := strconv.Itoa(int(lasts.Seconds()))
	var registrar sip.Uri
	if err := sip.ParseUri("sip:hotline;transport=ws", &registrar); err != nil {
		return err
	}
	req := sip.NewRequest(sip.REGISTER, registrar)
	aor := sip.Uri{Scheme: "sip", User: l.account.User, Host: "hotline"}
	from := sip.FromHeader{Address: aor, Params: sip.NewParams()}
	from.Params.Add("tag", sip.GenerateTagN(10))
	l.cseq++
	req.AppendHeader(&from)
	req.AppendHeader(&sip.ToHeader{Address: aor, Params: sip.NewParams()})
	req.AppendHeader(&l.contact)
	req.AppendHeader(&l.callID)
	req.AppendHeader(&sip.CSeqHeader{SeqNo: l.cseq, MethodName: sip.REGISTER})
	req.AppendHeader(sip.NewHeader("Expires", seconds))
	req.SetTransport("WS")
	req.SetDestination(l.host)
	res, err := l.client.Do(ctx, req)
	if err != nil {
		return fmt.Errorf("registering: %w", err)
	}
	if res.StatusCode == sip.StatusUnauthorized || res.StatusCode == sip.StatusProxyAuthRequired {
		res, err = l.client.DoDigestAuth(ctx, req, res, sipgo.DigestAuth{Username: l.account.User, Password: l.account.Password})
		if err != nil {
			return fmt.Errorf("registering: %w", err)
		}
		l.cseq++
	}
	if res.StatusCode != sip.StatusOK {
		return fmt.Errorf("registering: %d %s", res.StatusCode, res.Reason)
	}
	return nil
}

// stay keeps the registration, and brings it back after the socket broke.
func (l *line) stay(ctx context.Context, registered func()) {
	wait := time.Duration(0)
	for {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
		once, cancel := context.WithTimeout(ctx, 5*time.Second)
		err := l.register(once, registerFor)
		cancel()
		switch {
		case err == nil:
			registered()
			wait = l.untilBroken(ctx)
		case errors.Is(err, context.Canceled):
			return
		default:
			wait = 500 * time.Millisecond
		}
	}
}

// untilBroken looks after the socket between registrations and gives the time to the
// next one: at once when the socket has gone.
func (l *line) untilBroken(ctx context.Context) time.Duration {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	renew := time.After(registerFor / 2)
	for {
		select {
		case <-tick.C:
			c, err := l.ua.TransportLayer().GetConnection("ws", l.host)
			if err != nil || c == nil {
				return 0
			}
			c.TryClose() //nolint:errcheck // gives back what GetConnection took
		case <-renew:
			return 0
		case <-ctx.Done():
			return 0
		}
	}
}

func (l *line) close() { l.ua.Close() } //nolint:errcheck // nothing is left to say
