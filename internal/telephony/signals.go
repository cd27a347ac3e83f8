package telephony

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/ari"
	"hotline1022/internal/call"
	"hotline1022/internal/phone"
	"hotline1022/internal/switchboard"
)

// causeTakenBack is the cause of a leg that lives but has left our hands.
const causeTakenBack = -1

// causeNormal is Q.850's normal call clearing.
const causeNormal = 16

// snoopName begins the names of channels that hear another one.
const snoopName = "Snoop/"

// Signal turns an ARI event into what the switchboard is told; false for what it
// need not know.
func Signal(event ari.Event) (switchboard.Signal, bool) {
	switch e := event.(type) {
	case *ari.StasisStart:
		return entered(e)
	case *ari.StasisEnd:
		// A leg that hears another one is destroyed behind our back: it was not dialled,
		// and is ended with the other. It never leaves us alive.
		id, ok := call.Of(e.Channel.ID)
		return switchboard.LegGone{Call: id, Leg: e.Channel.ID, Cause: causeNormal}, ok && strings.HasPrefix(e.Channel.Name, snoopName)
	case *ari.ChannelStateChange:
		return stateChange(e.Channel)
	case *ari.ChannelHangupRequest:
		// A citizen's channel leaves the application before it is destroyed, so its
		// ChannelDestroyed is not sent to us; a desk's is, and has the better cause.
		id, ok := call.Of(e.Channel.ID)
		return switchboard.LegGone{Call: id, Leg: e.Channel.ID, Cause: causeNormal}, ok && e.Channel.ID == string(id)
	case *ari.ChannelDestroyed:
		id, ok := call.Of(e.Channel.ID)
		return switchboard.LegGone{Call: id, Leg: e.Channel.ID, Cause: e.Cause}, ok
	case *ari.ChannelDtmfReceived:
		id, ok := call.Of(e.Channel.ID)
		if !ok || e.Channel.ID != string(id) || len(e.Digit) != 1 {
			return nil, false
		}
		return switchboard.Digit{Call: id, Digit: e.Digit[0]}, true
	case *ari.RecordingFinished:
		return recordDone(e.Recording, "")
	case *ari.RecordingFailed:
		return recordDone(e.Recording, cmp.Or(e.Recording.Cause, "no reason given"))
	case *ari.PlaybackFinished:
		id, ok := call.Of(e.Playback.ID)
		return switchboard.PlayDone{Call: id, Play: e.Playback.ID}, ok
	}
	return nil, false
}

// entered tells apart who enters by what the dialplan and we gave it on the way, and
// by its id; whatever does not fit is not of ours.
func entered(e *ari.StasisStart) (switchboard.Signal, bool) {
	id, ok := call.Of(e.Channel.ID)
	if !ok || len(e.Args) == 0 {
		return nil, false
	}
	own := e.Channel.ID == string(id)
	switch {
	case e.Args[0] == roleCitizen && own:
		return citizen(id, e.Channel, e.Args), true
	case own:
		return nil, false
	case slices.Contains([]string{roleDesk, roleOutside, roleCalled, roleSnoop}, e.Args[0]):
		return switchboard.LegEntered{Call: id, Leg: e.Channel.ID}, true
	case e.Args[0] == roleTalking:
		return switchboard.LegUp{Call: id, Leg: e.Channel.ID}, true
	}
	return nil, false
}

// citizen reads who calls what. A browser is known by its account, whatever number
// its INVITE claims.
func citizen(id call.ID, ch ari.Channel, args []string) switchboard.CitizenEntered {
	s := switchboard.CitizenEntered{Call: id, Caller: callerOf(ch.Caller.Number), At: ch.CreationTime.Time}
	if len(args) > 1 {
		s.Dialed = args[1]
	}
	if len(args) > 2 && args[2] == contextWeb {
		s.Caller = "web:" + endpointOf(ch.Name)
	}
	return s
}

// callerOf reads the user part of a telephone's From: a number, perhaps with
// parameters (RFC 3966 §3). Anything else withholds it ("anonymous", RFC 3323 §4.1.1.3),
// or pretends to be what no telephone is, such as one of our browsers.
func callerOf(user string) string {
	number, _, _ := strings.Cut(user, ";")
	number = phone.Normalize(number)
	if digits := strings.TrimPrefix(number, "+"); digits == "" || strings.Trim(digits, "0123456789*#") != "" {
		return ""
	}
	return number
}

func stateChange(ch ari.Channel) (switchboard.Signal, bool) {
	id, ok := call.Of(ch.ID)
	if !ok || ch.ID == string(id) {
		return nil, false
	}
	switch ch.State {
	case "Ringing":
		return switchboard.LegRinging{Call: id, Leg: ch.ID}, true
	case "Up":
		if unrecorded(ch) { // it is told when it is back: Answered
			return nil, false
		}
		return switchboard.LegUp{Call: id, Leg: ch.ID}, true
	}
	return nil, false
}

// landing is the context that a citizen's channel came into, by its name.
func landing(channelName string) string {
	if endpointOf(channelName) == trunk {
		return contextTrunk
	}
	return contextWeb
}

// Truth reads from Asterisk who is in our hands.
func (x *Exchange) Truth(ctx context.Context) (switchboard.Truth, error) {
	truth := switchboard.Truth{Up: map[string]bool{}, Bridges: map[string][]string{}}
	channels, err := x.client.Channels(ctx)
	if err != nil {
		return truth, err
	}
	for _, ch := range channels {
		id, ok := call.Of(ch.ID)
		if !ok {
			continue
		}
		if ch.ID != string(id) {
			truth.Legs = append(truth.Legs, ch.ID)
			truth.Up[ch.ID] = x.up(ctx, ch)
			continue
		}
		if ch.Dialplan.Context == contextHands && ch.Dialplan.Exten == extenPart && ch.Dialplan.AppName != "Stasis" {
			truth.Citizens = append(truth.Citizens, citizen(id, ch, []string{roleCitizen, dialed, landing(ch.Name)}))
			continue
		}
		if stands(ch, roleCitizen) {
			args := strings.Split(ch.Dialplan.AppData, ",")[1:]
			truth.Citizens = append(truth.Citizens, citizen(id, ch, args))
			if n := partOf(args); n > 0 {
				if truth.Parts == nil {
					truth.Parts = map[call.ID]int{}
				}
				truth.Parts[id] = n
			}
		}
	}
	bridges, err := x.client.Bridges(ctx)
	if err != nil {
		return truth, err
	}
	for _, b := range bridges {
		if _, ok := call.Of(b.ID); ok {
			truth.Bridges[b.ID] = b.Channels
		}
	}
	endpoints, err := x.client.Endpoints(ctx, "PJSIP")
	if err != nil { // an account too many hurts no caller
		x.log.Error("the softphones' accounts of before cannot be read", slog.Any("error", err))
	}
	for _, e := range endpoints {
		truth.Phones = append(truth.Phones, e.Resource)
	}
	return truth, nil
}

// partOf reads the recording's part from what the dialplan gave a citizen (NextPart); 0
// is the first, and for whom it does not say.
func partOf(args []string) int {
	if len(args) < 4 {
		return 0
	}
	n, err := strconv.Atoi(args[3])
	if err != nil {
		return 0
	}
	return n
}

// leftTries is how often it is asked what became of a leg.
const leftTries = 5

// Left finds out why a citizen's leg left our hands: a hang-up is told by its own
// event, but a leg whose lease ran out lives on in the dialplan. It waits a moment
// first, for a leg that is hanging up is still there.
func (x *Exchange) Left(ctx context.Context, e *ari.StasisEnd, tell func(switchboard.Signal)) {
	id, ok := call.Of(e.Channel.ID)
	if !ok || e.Channel.ID != string(id) {
		return
	}
	for range leftTries {
		select {
		case <-time.After(x.settle):
		case <-ctx.Done():
			return
		}
		ch, err := x.client.Channel(ctx, e.Channel.ID)
		switch {
		case ari.IsNotFound(err): // told already by its hang-up; once more does no harm
			tell(switchboard.LegGone{Call: id, Leg: e.Channel.ID, Cause: causeNormal})
			return
		case err != nil:
			x.log.Warn("Asterisk does not say what became of a citizen", slog.String("call", string(id)), slog.Any("error", err))
		case ch.Dialplan.AppName == "Stasis":
			return
		case ch.Dialplan.Context == contextHands: // on the way back (NextPart), or to survival
		default:
			x.log.Error("a citizen was taken back by the dialplan", slog.String("call", string(id)))
			tell(switchboard.LegGone{Call: id, Leg: e.Channel.ID, Cause: causeTakenBack})
			return
		}
	}
	// Asterisk is gone, and the next connect tells.
}
