package telephony

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// NextPart lets the recording of a conversation go on in its n-th part, counted from 2,
// paused or not. It is needed before each Join of a citizen who is to hear somebody else
// than before. With two at once, both must be in the bridge before the citizen joins:
// then either may leave later. Without it what the new one says may be missing from the
// recording, for up to ten minutes (asterisk/etc/extensions.conf.tmpl, extension part).
//
// The citizen must be in no bridge, and nothing may play. The leg leaves our hands for a
// moment and returns, so it enters once more; hold music ends. It takes about a twentieth
// of a second.
func (x *Exchange) NextPart(ctx context.Context, id call.ID, n int, paused bool) error {
	if err := x.nextPart(ctx, string(id), contextHands, n); err != nil {
		return err
	}
	if paused {
		return x.PauseRecording(ctx, string(id), true)
	}
	return nil
}

// NextPartOutside is NextPart for a telephone outside that was called and has answered.
// What is recorded of its leg has files of its own, <leg>-rx.wav and so on.
func (x *Exchange) NextPartOutside(ctx context.Context, leg string, n int) error {
	return x.nextPart(ctx, leg, contextOut, n)
}

func (x *Exchange) nextPart(ctx context.Context, leg, where string, n int) error {
	part := strconv.Itoa(n)
	if err := x.client.SetVariable(ctx, leg, "HOTLINE_PART", part); err != nil {
		return gone(err)
	}
	if err := x.client.Continue(ctx, leg, where, extenPart); err != nil {
		return gone(err)
	}
	for {
		ch, err := x.client.Channel(ctx, leg)
		if err != nil {
			return gone(err)
		}
		if ch.Dialplan.AppName == "Stasis" && strings.HasSuffix(ch.Dialplan.AppData, ","+part) {
			return nil
		}
		select {
		case <-time.After(partPoll):
		case <-ctx.Done():
			return fmt.Errorf("waiting for a leg to return for part %d of the recording: %w", n, ctx.Err())
		}
	}
}

// partPoll is how often it is asked whether the citizen has returned.
const partPoll = 10 * time.Millisecond
