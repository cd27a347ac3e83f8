package telephony

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"hotline1022/internal/ari"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

func recordDone(r ari.LiveRecording, failed string) (switchboard.Signal, bool) {
	id, ok := call.Of(r.Name)
	return switchboard.RecordDone{
		Call: id, Name: r.Name, Length: time.Duration(r.Duration) * time.Second,
		Heard: time.Duration(r.Talking) * time.Second, Failed: failed,
	}, ok
}

// Record records what a leg says into <name>.wav in the stack's MessageDir, after a beep
// if wanted, until maxLength is over, or maxSilence has followed (0 does not end it), or
// StopRecord; both count in whole seconds and may last one more. RecordDone follows. The
// name is derived from the call's id.
//
// Whatever plays on the leg must have ended. A leg in a bridge is not recorded, as
// RecordDone says then, and a leg that is recorded cannot be joined. Lease waits behind a
// recording as behind a playback, so before it the lease must be set to maxLength and more.
func (x *Exchange) Record(ctx context.Context, leg, name string, maxLength, maxSilence time.Duration, beep bool) error {
	of, ok := call.Of(name)
	switch legOf, _ := call.Of(leg); {
	case !ok, of != legOf, !strings.HasPrefix(name, string(of)+"-"), strings.ContainsAny(name, "/\\"):
		return fmt.Errorf("recording a leg: the name %q is not derived from its call's id", name)
	case maxLength <= 0: // Asterisk would take it for no limit
		return errors.New("recording a leg: it needs a greatest length")
	}
	err := x.client.Record(ctx, ari.RecordRequest{
		ChannelID: leg, Name: name, Format: "wav", MaxDuration: maxLength, MaxSilence: maxSilence, Beep: beep, TerminateOn: "none",
	})
	// 409 is also for a name that was used before, which is our fault and to be told.
	var refused *ari.Error
	if ari.IsNotFound(err) || errors.As(err, &refused) && strings.HasPrefix(refused.Message, "Channel not in Stasis") {
		return fmt.Errorf("%w: %w", switchboard.ErrGone, err)
	}
	return err
}

// beginning is how long a recording that was asked for may take to begin.
const beginning = 10 * time.Millisecond

// StopRecord ends a recording and keeps it; one that has ended is no error. One that has
// not begun is waited for: Asterisk accepts that it is stopped, and begins it later.
func (x *Exchange) StopRecord(ctx context.Context, name string) error {
	for {
		r, err := x.client.LiveRecording(ctx, name)
		switch {
		case ari.IsNotFound(err):
			return nil
		case err != nil:
			return err
		case r.State != "queued" && r.State != "canceled":
			err := x.client.StopRecording(ctx, name)
			if refusedWith(err, http.StatusNotFound, http.StatusConflict) {
				return nil
			}
			return err
		}
		select {
		case <-time.After(beginning):
		case <-ctx.Done():
			return fmt.Errorf("stopping the recording %s, which does not begin: %w", name, ctx.Err())
		}
	}
}
