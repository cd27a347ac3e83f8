package wallboard

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Live is what the wall shows: GET /api/live.
type Live struct {
	At            time.Time      `json:"at"`
	Calls         Calls          `json:"calls"`
	Queues        []QueueFigures `json:"queues"`
	LongestWaitMs int64          `json:"longest_wait_ms"`
	Agents        Agents         `json:"agents"`
	Desks         []Desk         `json:"desks"`
	Today         Today          `json:"today"`
	Shift         Shift          `json:"shift"`
	Staffing      *Staffing      `json:"staffing"` // nil when it cannot be told
	LastArrival   *time.Time     `json:"last_arrival"`

	// What is not of events stands beside the fold, and is the same in a recomputation
	// as nothing.
	Usual  *Usual `json:"usual"`  // nil when no such day is known
	System []Part `json:"system"` // nil when nobody has looked
	Limits any    `json:"limits"` // of the alarms
}

// Usual is the mean of the same weekday in the last weeks.
type Usual struct {
	Days   int      `json:"days"`   // that it is the mean of
	SoFar  UsualDay `json:"so_far"` // up to this time of day
	AllDay UsualDay `json:"all_day"`
}

// UsualDay is a part of the usual day.
type UsualDay struct {
	Arrived       float64 `json:"arrived"` // one decimal
	Answered      float64 `json:"answered"`
	Abandoned     float64 `json:"abandoned"`
	InTimePercent float64 `json:"in_time_percent"`
}

// Part is a part of the system.
type Part struct {
	Name string `json:"name"`
	Well bool   `json:"well"`
	// FreePercent is of a disk alone.
	FreePercent *int `json:"free_percent,omitempty"`
}

// Calls is how many calls stand where.
type Calls struct {
	Menu    int `json:"menu"`
	Waiting int `json:"waiting"`
	Ringing int `json:"ringing"`
	Talking int `json:"talking"`
}

// QueueFigures is one line. A caller whose agent is being rung is not in line, but
// still waits: the longest wait is of both.
type QueueFigures struct {
	Queue         string     `json:"queue"`
	Group         call.Group `json:"group"`
	Waiting       int        `json:"waiting"`
	LongestWaitMs int64      `json:"longest_wait_ms"`
	EstimateMs    *int64     `json:"estimate_ms"` // for who comes now; not of events, and nil when it cannot be told
	Closed        bool       `json:"closed"`      // by a supervisor; not of events
	Today         LineToday  `json:"today"`
}

// Agents is how many agents are in which state.
type Agents struct {
	Offline   int `json:"offline"`
	Available int `json:"available"`
	Reserved  int `json:"reserved"`
	Ringing   int `json:"ringing"`
	Talking   int `json:"talking"`
	WrapUp    int `json:"wrap_up"`
	Paused    int `json:"paused"`
}

// Desk is one signed-in agent.
type Desk struct {
	Agent  call.AgentID     `json:"agent"`
	Name   string           `json:"name"`
	State  call.AgentState  `json:"state"`
	Reason call.PauseReason `json:"reason"`
	Since  time.Time        `json:"since"`
	Call   call.ID          `json:"call"`
}

// Today is the sums of the day; see the package's comment for what they count.
// Average wait is of the answered calls, average talk of those that are over.
type Today struct {
	Date                 string  `json:"date"`
	Arrived              int     `json:"arrived"`
	Served               int     `json:"served"` // handed over included
	Abandoned            int     `json:"abandoned"`
	AbandonedWaiting     int     `json:"abandoned_waiting"` // of them in line or while an agent was rung
	Failed               int     `json:"failed"`
	Voicemail            int     `json:"voicemail"` // left a message
	Callback             int     `json:"callback"`  // asked to be called back
	Answered             int     `json:"answered"`
	AnsweredIn15s        int     `json:"answered_in_15s"`
	AnsweredIn15sPercent float64 `json:"answered_in_15s_percent"` // one decimal
	AverageWaitMs        int64   `json:"average_wait_ms"`
	AverageTalkMs        int64   `json:"average_talk_ms"`

	Within []Within `json:"within"` // 10, 15 and 20 s
}

// Shift is the shift that runs now.
type Shift struct {
	Key     string `json:"key"`
	Vi      string `json:"vi"`
	From    string `json:"from"` // 15:04
	To      string `json:"to"`
	Seats   int    `json:"seats"`
	Present int    `json:"present"` // planned for the shift and signed in
}

// Live is the figures as of now. It costs O(n) in the calls that are open.
func (f *Figures) Live(now time.Time) Live {
	f.forget(now)
	today := f.day(now)
	live := Live{
		At: now.UTC(), Today: f.days[today].today(today),
		Shift: f.cfg.Shift(now, func(a call.AgentID) bool { return f.present(a) }),
	}
	if !f.lastArrival.IsZero() {
		at := f.lastArrival.UTC()
		live.LastArrival = &at
	}
	standing := f.showCalls(now, &live)
	f.showLines(today, &live)
	f.showDesks(&live)
	live.Staffing = f.cfg.Advise(now, f.measure(now, live.Calls.Waiting, standing), live.Agents.working())
	return live
}

// showCalls gives also how long those in line have stood there, within the measure.
func (f *Figures) showCalls(now time.Time, live *Live) (standing time.Duration) {
	since := looksFrom(now)
	node, last := "", f.restarts[""]
	live.Queues = make([]QueueFigures, 0, len(f.cfg.Queues))
	for _, q := range f.cfg.Queues {
		live.Queues = append(live.Queues, QueueFigures{Queue: q.Name, Group: q.Group})
	}
	for _, v := range f.open {
		if n := nodeOf(string(v.id)); n != node {
			node, last = n, f.restarts[n]
		}
		if v.outbound && v.waitingSince().IsZero() {
			continue // its agent's desk tells of it
		}
		switch v.stage(last) {
		case call.Arriving, call.Menu:
			live.Calls.Menu++
		case call.Talking:
			live.Calls.Talking++
		case call.Waiting:
			live.Calls.Waiting++
			q := live.queue(v)
			q.Waiting++
			q.waits(now, v)
			standing += v.standing(since, now)
		case call.Ringing:
			live.Calls.Ringing++
			live.queue(v).waits(now, v)
			standing += v.standing(since, now)
		case call.Ended: // unfinished, but lost by a restart
		}
	}
	unexpected := live.Queues[len(f.cfg.Queues):]
	slices.SortFunc(unexpected, func(a, b QueueFigures) int { return cmp.Compare(a.Queue, b.Queue) })
	for _, q := range live.Queues {
		live.LongestWaitMs = max(live.LongestWaitMs, q.LongestWaitMs)
	}
	return standing
}

// queue is the call's line; one that is not configured is shown behind the others.
func (l *Live) queue(v *visit) *QueueFigures {
	for i := range l.Queues {
		if l.Queues[i].Queue == v.queue {
			return &l.Queues[i]
		}
	}
	l.Queues = append(l.Queues, QueueFigures{Queue: v.queue, Group: v.group})
	return &l.Queues[len(l.Queues)-1]
}

func (q *QueueFigures) waits(now time.Time, v *visit) {
	if since := v.waitingSince(); !since.IsZero() {
		q.LongestWaitMs = max(q.LongestWaitMs, now.Sub(since).Milliseconds())
	}
}

func (f *Figures) showDesks(live *Live) {
	live.Desks = []Desk{}
	for id, d := range f.agents {
		if d.state == call.Offline || f.closed(d) {
			continue
		}
		live.Agents.count(d.state)
		live.Desks = append(live.Desks, Desk{
			Agent: id, Name: cmp.Or(f.cfg.Name(id), string(id)), State: d.state, Reason: d.reason, Since: d.since.UTC(), Call: d.call,
		})
	}
	slices.SortFunc(live.Desks, func(a, b Desk) int { return cmp.Compare(a.Agent, b.Agent) })
	for _, id := range f.cfg.Staff() {
		if !f.present(id) {
			live.Agents.Offline++
		}
	}
}

func (f *Figures) present(id call.AgentID) bool {
	d, known := f.agents[id]
	return known && d.state != call.Offline && !f.closed(d)
}

// closed says that the desk was signed in when its node's controller ended, and has not
// been since the restart.
func (f *Figures) closed(d desk) bool { return d.moved.before(f.restarts[nodeOf(d.moved.id)].at) }

func (a *Agents) count(state call.AgentState) {
	switch state {
	case call.Offline:
		a.Offline++
	case call.Available:
		a.Available++
	case call.Reserved:
		a.Reserved++
	case call.AgentRinging:
		a.Ringing++
	case call.AgentTalking:
		a.Talking++
	case call.WrapUp:
		a.WrapUp++
	case call.Paused:
		a.Paused++
	}
}

// working is who takes calls, or will again without being asked.
func (a Agents) working() int { return a.Available + a.Reserved + a.Ringing + a.Talking + a.WrapUp }
