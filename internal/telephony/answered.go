package telephony

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"hotline1022/internal/ari"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// Called gives the event of a citizen whom we called and who has just answered: Answered
// is to be told of it, beside the reader of events.
func Called(event ari.Event) (answered *ari.ChannelStateChange, ok bool) {
	answered, ok = event.(*ari.ChannelStateChange)
	return answered, ok && unrecorded(answered.Channel)
}

// Answered lets a citizen whom we called, and who has just answered, pass through the
// dialplan, where the recording of the conversation begins (context outside). LegUp follows
// when they are back, a twentieth of a second later, and in no bridge. If they cannot pass
// they are not recorded, and LegUp is told all the same.
func (x *Exchange) Answered(ctx context.Context, e *ari.ChannelStateChange, tell func(switchboard.Signal)) {
	id, ok := call.Of(e.Channel.ID)
	if ok && !x.pass(ctx, id, e.Channel.ID) {
		tell(switchboard.LegUp{Call: id, Leg: e.Channel.ID})
	}
}

// pass is false when the leg stays where it is. That it is gone is told by its own event.
func (x *Exchange) pass(ctx context.Context, id call.ID, leg string) bool {
	err := gone(x.client.Continue(ctx, leg, contextOut, extenUp))
	if err == nil || errors.Is(err, switchboard.ErrGone) {
		return true
	}
	x.log.ErrorContext(ctx, "a conversation with somebody whom we called is not recorded", slog.String("call", string(id)), slog.Any("error", err))
	return false
}

// up says that a leg was answered; not yet while it passes through the dialplan, where it
// is sent if it answered when nobody was there.
func (x *Exchange) up(ctx context.Context, ch ari.Channel) bool {
	id, _ := call.Of(ch.ID)
	switch {
	case ch.State != "Up":
		return false
	case unrecorded(ch):
		return !x.pass(ctx, id, ch.ID)
	case ch.Dialplan.Context == contextOut:
		return stands(ch, roleTalking)
	}
	return true
}

// unrecorded says that a citizen whom we called has answered, and not passed through the
// dialplan.
func unrecorded(ch ari.Channel) bool {
	return ch.State == "Up" && stands(ch, roleCalled)
}

// stands says that a channel is in the application in that role.
func stands(ch ari.Channel, role string) bool {
	args := strings.Split(ch.Dialplan.AppData, ",")
	return ch.Dialplan.AppName == "Stasis" && len(args) > 1 && args[0] == App && args[1] == role
}
