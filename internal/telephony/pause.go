package telephony

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"hotline1022/internal/ami"
	"hotline1022/internal/switchboard"
)

// PauseRecording pauses the recording of a citizen's leg, or takes it up again: while it
// is paused both files go on in time and hold silence, and what is said reaches no disk.
// The same again changes nothing. It stays so through hold, transfer and a restart of the
// controller, until it is taken up again or the call ends.
//
// MixMonitor is the dialplan's, and ARI knows nothing of it, so this is AMI's.
func (x *Exchange) PauseRecording(ctx context.Context, leg string, paused bool) error {
	if x.manager == nil {
		return errors.New("pausing a recording: there is no way to Asterisk's manager interface")
	}
	state := "0"
	if paused {
		state = "1"
	}
	err := x.manager.Do(ctx, "MixMonitorMute", ami.Field{Name: "Channel", Value: leg},
		ami.Field{Name: "Direction", Value: "both"}, ami.Field{Name: "State", Value: state})
	var refused *ami.Error
	if errors.As(err, &refused) && strings.HasPrefix(refused.Message, "No such channel") {
		return fmt.Errorf("%w: %w", switchboard.ErrGone, err)
	}
	return err
}
