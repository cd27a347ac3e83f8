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
	leg, part := string(id), strconv.Itoa(n)
	if err := x.client.SetVariable(ctx, leg, "HOTLINE_PART", part); err != nil {
		return gone(err)
	}
	if err := x.client.Continue(ctx, leg, contextHands, extenPart); err != nil {
		return gone(err)
	}
	for {
		ch, err := x.client.Channel(ctx, leg)
		if err != nil {
			return gone(err)
		}
		if ch.Dialplan.AppName == "Stasis" && strings.HasSuffix(ch.Dialplan.AppData, ","+part) {
			break
		}
		select {
		case <-time.After(partPoll):
		case <-ctx.Done():
			return fmt.Errorf("waiting for the citizen to return for part %d of the recording: %w", n, ctx.Err())
		}
	}
	if paused {
		return x.PauseRecording(ctx, id, true)
	}
	return nil
}

// partPoll is how often it is asked whether the citizen has returned.
const partPoll = 10 * time.Millisecond
