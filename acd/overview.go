package acd

import "time"

// Overview is the line as a screen shows it.
type Overview struct {
	Queues  []QueueView // in the order of the configuration
	Agents  []AgentView // by id
	Reserve int         // available agents that are kept for emergencies now
}

// QueueView is one queue.
type QueueView struct {
	Queue       string
	Waiting     int
	Emergencies int       // of those who wait
	Oldest      time.Time // earliest arrival among the first; zero if nobody waits
	Staff       int       // signed in for it
	Working     int       // and not paused
	Free        int       // available
	Estimate    time.Duration
	Known       bool         // whether there is an estimate
	First       []WaiterView // the next to be served
}

// WaiterView is one call in line.
type WaiterView struct {
	CallView
	Estimate time.Duration
	Why      Why // it still waits
}

// Overview copies what screens show, of each queue the first calls up to most. It
// costs O(agents), however many wait.
func (e *Engine) Overview(now time.Time, most int) Overview {
	o := Overview{Agents: e.agentViews(), Reserve: min(e.reserve(), e.freeGuards)}
	for _, q := range e.queues {
		v := QueueView{
			Queue: q.Name, Waiting: q.line.Len(), Staff: q.base.staff, Working: q.base.working,
			Free: q.base.free[0] + q.base.free[1],
		}
		v.Estimate, v.Known = e.EstimateFor(now, q.Name)
		counting := true
		position := 0
		q.line.Scan(func(c *caller) bool {
			counting = counting && c.emergency
			if counting {
				v.Emergencies++
			}
			if position++; position <= most {
				w := WaiterView{CallView: c.view(), Why: e.explain(now, c)}
				w.Estimate, _ = e.wait(now, q, c.in, c)
				if v.Oldest.IsZero() || c.Arrived.Before(v.Oldest) {
					v.Oldest = c.Arrived
				}
				v.First = append(v.First, w)
			}
			return counting || position < most
		})
		o.Queues = append(o.Queues, v)
	}
	return o
}
