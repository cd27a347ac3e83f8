package telephony

import (
	"context"
	"net/http"
)

// Source names the RTP stream that a leg's far end is heard by, 0 before there is any.
//
// It is to be asked every second or so of each leg in a bridge of three or more, and the
// leg to be taken out and joined again (Rejoin) when it has changed: the network may move
// a far end to another gateway in the middle of a call, and early media may come from
// another one than the answer. Debian's Asterisk takes the packets of the new stream for
// late ones when their numbers are lower, and nobody in the bridge hears that far end any
// more, for up to ten minutes. Two in a bridge hear each other all the same, but the
// recording misses it: there it needs NextPart before the Join.
func (x *Exchange) Source(ctx context.Context, leg string) (uint32, error) {
	s, err := x.client.RTPStatistics(ctx, leg)
	if refusedWith(err, http.StatusNotFound) {
		if _, there := x.client.Channel(ctx, leg); there == nil {
			return 0, nil
		}
		return 0, gone(err)
	}
	return s.RemoteSSRC, err
}

// Rejoin takes a leg out of a bridge and joins it again at once.
func (x *Exchange) Rejoin(ctx context.Context, bridge, leg string) error {
	if err := x.Part(ctx, bridge, leg); err != nil {
		return err
	}
	return x.Join(ctx, bridge, leg)
}
