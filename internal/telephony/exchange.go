// Package telephony gives the switchboard the phones that it declared, on top of
// ARI: requests become ARI requests, ARI events become signals, and after every
// connect the truth is read from Asterisk before the first signal.
//
// Legs, bridges and playbacks carry ids that the switchboard chose, so an event is
// given to its call by its id alone, and nothing is remembered here.
package telephony

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/ami"
	"hotline1022/internal/ari"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// App is the name of the Stasis application in the dialplan.
const App = "hotline"

// Roles that the dialplan and we give to channels as the first Stasis argument.
const (
	roleCitizen = "citizen" // hotline,citizen,<dialled>,<context>
	roleDesk    = "desk"    // hotline,desk
	roleCalled  = "called"  // hotline,called: a citizen whom we call, and who has not answered yet
	roleTalking = "talking" // hotline,talking,<part>: … who has, and is recorded
	roleOutside = "outside" // hotline,outside: any other telephone outside
	roleSnoop   = "snoop"   // hotline,snoop
)

// trunk is the endpoint of the telephone network (asterisk/etc/pjsip.conf.tmpl).
const trunk = "trunk"

// Contexts and extensions of the dialplan (asterisk/etc/extensions.conf.tmpl).
const (
	contextTrunk = "from-trunk"
	contextWeb   = "from-web"
	contextDesk  = "from-desk"
	contextHands = "hotline" // citizens on their way into our hands
	contextOut   = "outside" // telephones outside on theirs
	extenUp      = "answered"
	extenPart    = "part"
	dialed       = "1022" // what the dialplan says that citizens dialled
)

// Events lists the ARI events that the switchboard lives on; nothing else is sent.
func Events() []string {
	return []string{
		"StasisStart", "StasisEnd", "ChannelStateChange", "ChannelHangupRequest", "ChannelDestroyed",
		"ChannelDtmfReceived", "PlaybackFinished", "RecordingFinished", "RecordingFailed",
	}
}

// Exchange is the phones.
type Exchange struct {
	client  *ari.Client
	manager *ami.Client // nil when recordings cannot be paused
	log     *slog.Logger
	settle  time.Duration // how long a leg that left Stasis has to hang up by itself
}

// New builds phones on an ARI client; Manage gives them what that cannot do.
func New(client *ari.Client, log *slog.Logger) *Exchange {
	return &Exchange{client: client, log: log, settle: time.Second}
}

// Manage lets recordings be paused. To be called before anything else.
func (x *Exchange) Manage(manager *ami.Client) { x.manager = manager }

var _ switchboard.Phones = (*Exchange)(nil)

// Play plays sound files to a leg.
func (x *Exchange) Play(ctx context.Context, leg, play string, paths []string) error {
	media := make([]string, len(paths))
	for i, p := range paths {
		media[i] = "sound:" + p
	}
	return gone(x.client.Play(ctx, leg, play, media))
}

// StopPlay ends a playback at once; it does not wait behind it.
func (x *Exchange) StopPlay(ctx context.Context, play string) error {
	return gone(x.client.StopPlayback(ctx, play))
}

// Music starts or stops the hold music.
func (x *Exchange) Music(ctx context.Context, leg string, on bool) error {
	if on {
		return gone(x.client.MusicStart(ctx, leg))
	}
	return gone(x.client.MusicStop(ctx, leg))
}

// Lease sets TIMEOUT(absolute), in seconds.
func (x *Exchange) Lease(ctx context.Context, leg string, d time.Duration) error {
	seconds := strconv.FormatFloat(d.Seconds(), 'f', 3, 64)
	return gone(x.client.SetVariable(ctx, leg, "TIMEOUT(absolute)", seconds))
}

// MakeBridge makes a mixing bridge, or keeps the one that is there.
func (x *Exchange) MakeBridge(ctx context.Context, bridge string) error {
	err := x.client.CreateBridge(ctx, bridge, "mixing", bridge)
	if refusedWith(err, http.StatusConflict) {
		return nil
	}
	return err
}

// RemoveBridge removes a bridge; who is in it stays in our hands.
func (x *Exchange) RemoveBridge(ctx context.Context, bridge string) error {
	err := x.client.DestroyBridge(ctx, bridge)
	if refusedWith(err, http.StatusNotFound, http.StatusConflict) { // 409: it is being removed
		return nil
	}
	return err
}

// Join puts a leg into a bridge.
func (x *Exchange) Join(ctx context.Context, bridge, leg string) error {
	return noMember(x.client.AddChannel(ctx, bridge, leg))
}

// Part takes a leg out of a bridge.
func (x *Exchange) Part(ctx context.Context, bridge, leg string) error {
	return noMember(x.client.RemoveChannel(ctx, bridge, leg))
}

// Invite makes a desk's leg. The INVITE carries X-Hotline-Call (API.md).
func (x *Exchange) Invite(ctx context.Context, leg, sipUser string, id call.ID, caller string) error {
	return x.client.CreateChannel(ctx, ari.CreateRequest{
		ChannelID: leg, Endpoint: "PJSIP/" + sipUser, App: App, AppArgs: roleDesk, Formats: "alaw",
		Variables: map[string]string{
			"PJSIP_HEADER(add,X-Hotline-Call)": string(id),
			"CALLERID(num)":                    caller,
		},
	})
}

// errNumber says that a number would be more than a number in an endpoint or a header.
var errNumber = errors.New("not digits with a leading + at most")

// InviteOutside makes a leg to a telephone number, through the trunk, without ringing it
// yet; LegEntered follows. callerID is the number that the far end sees. Who may call what
// is decided before (internal/outside). Nothing of ours is told to the far end.
//
// In a bridge before it answers, what the network says is heard there. A citizen whom we
// call (call.CalledLeg) is recorded from the answer on, and is in no bridge then: Answered.
func (x *Exchange) InviteOutside(ctx context.Context, leg, number, callerID string, id call.ID) error {
	if of, ok := call.Of(leg); !ok || of != id || leg == string(id) {
		return fmt.Errorf("inviting an outside number: the leg %q is not one of the call %s", leg, id)
	}
	for _, n := range []string{number, callerID} {
		if digits := strings.TrimPrefix(n, "+"); digits == "" || strings.Trim(digits, "0123456789") != "" {
			return fmt.Errorf("inviting an outside number: %w", errNumber) // numbers are not logged
		}
	}
	role := roleOutside
	if _, citizen := call.CalledLeg(leg); citizen {
		role = roleCalled
	}
	return x.client.CreateChannel(ctx, ari.CreateRequest{
		ChannelID: leg, Endpoint: "PJSIP/" + number + "@" + trunk, App: App, AppArgs: role, Formats: "alaw",
		Variables: map[string]string{"CALLERID(num)": callerID, "CONNECTEDLINE(num,i)": callerID},
	})
}

// Ring dials an invited leg.
func (x *Exchange) Ring(ctx context.Context, leg string, atMost time.Duration) error {
	return gone(x.client.Dial(ctx, leg, atMost))
}

// Listen makes a leg, without a telephone, that hears both sides of another leg and says
// nothing to it; LegEntered follows. Who is to listen is joined with it in a bridge of
// their own. It ends with the leg that it hears. That should be the agent's leg: on the
// citizen's, what a later agent says may be missing as from a recording (NextPart).
func (x *Exchange) Listen(ctx context.Context, leg, snoopLeg string) error {
	return x.snoop(ctx, leg, snoopLeg, ari.None)
}

// Whisper is Listen, and what is said to the new leg is heard at that leg's far end only:
// not by whom it talks with, nor in the recording.
func (x *Exchange) Whisper(ctx context.Context, leg, snoopLeg string) error {
	return x.snoop(ctx, leg, snoopLeg, ari.Out)
}

func (x *Exchange) snoop(ctx context.Context, leg, snoopLeg string, whisper ari.Direction) error {
	return gone(x.client.Snoop(ctx, ari.SnoopRequest{
		ChannelID: leg, SnoopID: snoopLeg, Spy: ari.Both, Whisper: whisper, App: App, AppArgs: roleSnoop,
	}))
}

// Hangup ends a leg.
func (x *Exchange) Hangup(ctx context.Context, leg string) error {
	return ignoreGone(x.client.Hangup(ctx, leg, "normal"))
}

// gone turns ARI's 404, and its 409, 412 and 422 for a channel that is on its way
// in or out, into ErrGone.
func gone(err error) error {
	if refusedWith(err, http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed, http.StatusUnprocessableEntity) {
		return fmt.Errorf("%w: %w", switchboard.ErrGone, err)
	}
	return err
}

// noMember is gone for joining and parting, where a channel that does not exist is
// 400: it is an argument there.
func noMember(err error) error {
	if refusedWith(err, http.StatusBadRequest) {
		return fmt.Errorf("%w: %w", switchboard.ErrGone, err)
	}
	return gone(err)
}

func ignoreGone(err error) error {
	if ari.IsNotFound(err) {
		return nil
	}
	return err
}

func refusedWith(err error, statuses ...int) bool {
	var refused *ari.Error
	return errors.As(err, &refused) && slices.Contains(statuses, refused.Status)
}

// endpointOf gives the endpoint in a channel's name, "PJSIP/<endpoint>-<number>".
func endpointOf(channelName string) string {
	name := strings.TrimPrefix(channelName, "PJSIP/")
	if dash := strings.LastIndexByte(name, '-'); dash > 0 {
		return name[:dash]
	}
	return name
}
