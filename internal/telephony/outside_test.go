package telephony_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
)

// outside is a leg to a number of the telephone network.
const outside = citizen + "-o2"

func TestAnOutsideNumberIsInvitedThroughTheTrunk(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	require.NoError(t, w.InviteOutside(ctx, outside, "+84908123456", "02741022", id))
	require.Equal(t, switchboard.LegEntered{Call: id, Leg: outside}, come(t, w.signals))
	asked := w.server.Await(http.MethodPost, "/channels/create", 1)
	require.Equal(t, url.Values{
		"channelId": {outside}, "endpoint": {"PJSIP/+84908123456@trunk"}, "app": {"hotline"}, "appArgs": {"outside"}, "formats": {"alaw"},
	}, asked.Query)
	require.NotContains(t, asked.Body, citizen, "ids of ours stay here")
	require.NoError(t, w.Ring(ctx, outside, 30*time.Second))
	w.server.Ring(outside)
	require.Equal(t, switchboard.LegRinging{Call: id, Leg: outside}, come(t, w.signals))
	w.server.Answer(outside)
	require.Equal(t, switchboard.LegUp{Call: id, Leg: outside}, come(t, w.signals))
	w.server.HangUp(outside, 34)
	require.Equal(t, switchboard.LegGone{Call: id, Leg: outside, Cause: 34}, come(t, w.signals))

	w.server.Inject(fakeari.Fault{Path: "/channels/create", Status: 500, Message: "Allocation failed"})
	err := w.InviteOutside(ctx, outside, "113", "02741022", id)
	require.EqualError(t, err, "ARI POST /channels/create: 500 Allocation failed", "there is no way out")
	require.NotErrorIs(t, err, switchboard.ErrGone)
}

// Whatever is more than a number could name another endpoint, another host or another
// header.
func TestOnlyNumbersGetIntoAnEndpoint(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	for _, number := range []string{
		"", "+", "++84908123456", "0908 123 456", "0908-123456", "d1", "0908123456@evil.example", "0908123456;user=phone", "sip:0908123456",
		"0908123456&PJSIP/d1", "0908123456/x", "0908123456\r\nX: y", "０９０８", "*67", "0908#",
	} {
		require.Error(t, w.InviteOutside(ctx, outside, number, "02741022", id), "%q", number)
		require.Error(t, w.InviteOutside(ctx, outside, "0908123456", number, id), "%q", number)
	}
	for _, leg := range []string{"", citizen, "t1-1700000000.2-o1", "somebody-else"} {
		require.Error(t, w.InviteOutside(ctx, leg, "0908123456", "02741022", id), "%q", leg)
	}
	for _, r := range w.server.Requests() {
		require.NotEqual(t, "/channels/create", r.Path)
	}
}

// far is somebody outside, whom the real Asterisk reaches through its trunk.
func newFar(t *testing.T) (*softphone.Phone, *real) {
	t.Helper()
	phone, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(phone.Close)
	return phone, newRealOut(t, phone.Address())
}

func TestRealHowOutsideCallsEnd(t *testing.T) {
	t.Parallel()
	phone, r := newFar(t)
	ctx := t.Context()
	var seen softphone.Incoming
	for i, c := range []struct {
		name   string
		reply  softphone.Reply
		rings  bool
		atMost time.Duration
		cause  int
	}{
		{"busy", softphone.Reply{Status: 486}, false, time.Minute, 17},
		{"rings and is busy", softphone.Reply{Ring: 50 * time.Millisecond, Status: 486}, true, time.Minute, 17},
		{"declined", softphone.Reply{Status: 603}, false, time.Minute, 21},
		{"no answer, as the network says", softphone.Reply{Status: 480}, false, time.Minute, 19},
		{"no answer within our time", softphone.Reply{Status: softphone.Unheard}, true, time.Second, 19},
		{"congestion", softphone.Reply{Status: 503}, false, time.Minute, 34},
		{"no such number", softphone.Reply{Status: 404}, false, time.Minute, 1},
		// A redirection is not followed: it would choose whom we call.
		{"moved", softphone.Reply{Status: 302, MovedTo: "sip:1900@" + phone.Address()}, false, time.Minute, 23},
	} {
		invited := make(chan softphone.Incoming, 2)
		phone.Answer(func(in softphone.Incoming) softphone.Reply { invited <- in; return c.reply })
		leg := string(id.Offer(i + 2))
		require.NoError(t, r.InviteOutside(ctx, leg, "+84908123456", "02741022", id), c.name)
		require.Equal(t, switchboard.LegEntered{Call: id, Leg: leg}, come(t, r.signals), c.name)
		require.NoError(t, r.Ring(ctx, leg, c.atMost), c.name)
		if c.rings {
			require.Equal(t, switchboard.LegRinging{Call: id, Leg: leg}, come(t, r.signals), c.name)
		}
		require.Equal(t, switchboard.LegGone{Call: id, Leg: leg, Cause: c.cause}, come(t, r.signals), c.name)
		seen = come(t, invited)
		require.Empty(t, invited, c.name)
	}
	require.Equal(t, "+84908123456", seen.To)
	require.Equal(t, "02741022", seen.From, "what the far end calls back")
	require.Empty(t, seen.Header("X-Hotline-Call"))

	// Nobody is there any more: the wire says so, or our time is up.
	phone.Close()
	require.NoError(t, r.InviteOutside(ctx, outside, "+84908123456", "02741022", id))
	come(t, r.signals)
	require.NoError(t, r.Ring(ctx, outside, time.Second))
	gone := come(t, r.signals).(switchboard.LegGone)
	require.Contains(t, []int{3, 19, 20, 27, 38, 41}, gone.Cause)
}

func TestRealWithoutAWayOutNobodyIsInvited(t *testing.T) {
	t.Parallel()
	r := newReal(t)
	require.ErrorContains(t, r.InviteOutside(t.Context(), outside, "0908123456", "02741022", id), "500")
}

// A citizen and somebody outside talk, and either may hang up.
func TestRealACitizenTalksToAnOutsideNumber(t *testing.T) {
	t.Parallel()
	phone, r := newFar(t)
	ctx := t.Context()
	up := make(chan *softphone.Call, 1)
	phone.Answer(func(softphone.Incoming) softphone.Reply {
		return softphone.Reply{Ring: 50 * time.Millisecond, Say: softphone.ToneSource(1000), Up: func(c *softphone.Call) { up <- c }}
	})
	caller, entered := r.dial(phone, softphone.ToneSource(440))
	leg := string(entered.Call.Offer(1))
	b := entered.Call.Bridge()
	require.NoError(t, r.InviteOutside(ctx, leg, "0908123456", "02741022", entered.Call))
	come(t, r.signals)
	require.NoError(t, r.MakeBridge(ctx, b))
	require.NoError(t, r.Join(ctx, b, leg))
	require.NoError(t, r.Ring(ctx, leg, 10*time.Second))
	require.Equal(t, switchboard.LegRinging{Call: entered.Call, Leg: leg}, come(t, r.signals))
	require.Equal(t, switchboard.LegUp{Call: entered.Call, Leg: leg}, come(t, r.signals))
	require.NoError(t, r.Join(ctx, b, string(entered.Call)))
	far := come(t, up)
	hears(t, far, 440)
	hears(t, caller, 1000)
	far.Hangup()
	require.Equal(t, switchboard.LegGone{Call: entered.Call, Leg: leg, Cause: 16}, come(t, r.signals))
}

// dial lets a citizen call the hotline from a telephone, and waits until they are in.
func (r *real) dial(phone *softphone.Phone, say softphone.Source) (*softphone.Call, switchboard.CitizenEntered) {
	r.tb.Helper()
	c, err := phone.Call(r.tb.Context(), softphone.CallOptions{Via: r.ends.SIPAddress, To: "1022", From: "0912345678", Say: say})
	require.NoError(r.tb, err)
	r.tb.Cleanup(c.Hangup)
	entered := come(r.tb, r.signals).(switchboard.CitizenEntered)
	require.Equal(r.tb, "+84912345678", entered.Caller)
	return c, entered
}

// hears waits until a tone is heard for a fifth of a second.
func hears(tb testing.TB, c *softphone.Call, hz float64) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), soon)
	defer cancel()
	_, err := c.Heard.WaitTone(ctx, hz, 200*time.Millisecond)
	require.NoError(tb, err, "the tone of %v Hz is not heard", hz)
}
