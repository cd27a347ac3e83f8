package staffing

import (
	"fmt"
	"time"
)

// Shift is a part of every day, as in the roster. One that crosses midnight belongs
// to the day that it begins on.
type Shift struct {
	Key  string
	From time.Duration // since midnight
	To   time.Duration // since midnight; not after From when it crosses midnight
}

// HourNeed is what an hour of the week will need.
type HourNeed struct {
	Slot
	Weeks   int     // that were seen; with 0 nothing is known, and Need is the least
	Calls   float64 // mean of those weeks
	Busiest int     // calls in the busiest of them
	Need    int     // agents at their desks
	Worst   int     // the same for the busiest week
	Service Service // what callers will find with Need agents
}

// ShiftNeed is what a shift will need on a day of the week: enough for each of its hours.
type ShiftNeed struct {
	Day    time.Weekday // on which it begins
	Shift  string
	Need   int  // agents at their desks, in the hour that needs most
	Worst  int  // the same for the busiest weeks
	Seats  int  // agents on the shift, so that Need are at their desks
	Peak   Slot // the first hour that needs most
	Unseen int  // hours of which nothing is known
}

// Plan is what a week will need.
type Plan struct {
	Hours  []HourNeed  // all 168, from Sunday midnight
	Shifts []ShiftNeed // by day from Sunday, then as the shifts were given
}

// Plan is what a week like those of the past will need. The mean over the weeks is
// taken as the rate of each hour: a week as busy as the busiest needs Worst.
func (l Line) Plan(past History, shifts []Shift) (Plan, error) {
	if err := l.Check(); err != nil {
		return Plan{}, err
	}
	if err := past.Check(); err != nil {
		return Plan{}, err
	}
	var p Plan
	for day := time.Sunday; day <= time.Saturday; day++ {
		for hour := range 24 {
			slot := Slot{Day: day, Hour: hour}
			p.Hours = append(p.Hours, l.hour(slot, past[slot]))
		}
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		for _, s := range shifts {
			if s.From < 0 || s.From >= 24*time.Hour || s.To < 0 || s.To > 24*time.Hour {
				return Plan{}, fmt.Errorf("shift %q begins or ends outside of a day; use 00:00 to 24:00", s.Key)
			}
			p.Shifts = append(p.Shifts, l.shift(day, s, p.Hours))
		}
	}
	return p, nil
}

func (l Line) hour(slot Slot, counts []int) HourNeed {
	h := HourNeed{Slot: slot, Weeks: len(counts)}
	sum := 0
	for _, n := range counts {
		sum += n
		h.Busiest = max(h.Busiest, n)
	}
	if h.Weeks > 0 {
		h.Calls = float64(sum) / float64(h.Weeks)
	}
	h.Need = l.needed(h.Calls)
	h.Worst = l.needed(float64(h.Busiest))
	h.Service = expect(l.traffic(h.Calls), h.Need, l.Target.Within)
	return h
}

// shift takes every hour that the shift touches.
func (l Line) shift(day time.Weekday, s Shift, week []HourNeed) ShiftNeed {
	end := s.To
	if end <= s.From {
		end += 24 * time.Hour
	}
	d := ShiftNeed{Day: day, Shift: s.Key, Need: -1}
	for at := s.From.Truncate(time.Hour); at < end; at += time.Hour {
		h := week[(int(day)*24+int(at.Hours()))%len(week)]
		if h.Need > d.Need {
			d.Need, d.Peak = h.Need, h.Slot
		}
		d.Worst = max(d.Worst, h.Worst)
		if h.Weeks == 0 {
			d.Unseen++
		}
	}
	d.Seats = l.seats(d.Need)
	return d
}
