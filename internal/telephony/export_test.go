package telephony

import "time"

// SetSettle makes the wait of Left short.
func (x *Exchange) SetSettle(d time.Duration) { x.settle = d }
