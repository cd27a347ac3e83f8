package telephony

import "context"

// Received is how many packets of sound have come from a leg's far end so far.
func (x *Exchange) Received(ctx context.Context, leg string) (int, error) {
	s, err := x.client.RTPStatistics(ctx, leg)
	return s.Received, gone(err)
}
