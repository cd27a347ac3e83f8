package wallboard

import "time"

// Staffing is how many agents the lines need in the hour that begins now, if it goes
// on as in the last half hour. acd/staffing computes it; see there.
type Staffing struct {
	At      time.Time      `json:"at"`     // when it was computed, every few seconds
	Reason  string         `json:"reason"` // as staffing.Reason: enough, short, overload, too_few_calls
	Vi      string         `json:"vi"`     // for people
	En      string         `json:"en"`
	Have    int            `json:"have"`
	Need    int            `json:"need"` // 0 when too few calls tell
	Missing int            `json:"missing"`
	Low     int            `json:"low"` // need is from here to high, by chance in the number of calls
	High    int            `json:"high"`
	Target  StaffingTarget `json:"target"`
	Seen    Measure        `json:"seen"`
	Taken   Traffic        `json:"taken"`
	Found   Service        `json:"found"`
}

// StaffingTarget is what the lines promise.
type StaffingTarget struct {
	Percent     float64 `json:"percent"`
	WithinMs    int64   `json:"within_ms"`
	LostPercent float64 `json:"lost_percent"` // that may give up; 0 is no limit
}

// Traffic is what the need was computed for: the last half hour, mixed with the past
// where little was seen.
type Traffic struct {
	CallsPerHour float64 `json:"calls_per_hour"`
	HandlingMs   int64   `json:"handling_ms"`
	PatienceMs   int64   `json:"patience_ms"` // 0 when it is not known
}

// Service is what callers will find with the agents that there are.
type Service struct {
	InTimePercent    float64 `json:"in_time_percent"`
	AbandonedPercent float64 `json:"abandoned_percent"`
	AverageWaitMs    *int64  `json:"average_wait_ms"` // of the answered; nil when it grows without end
	OccupancyPercent float64 `json:"occupancy_percent"`
}
