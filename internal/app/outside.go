package app

import (
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/outside"
	"hotline1022/internal/switchboard"
)

// lookBack is how much of the journal a start reads: the calls that may still go on, and
// the day in which an agent has called outside numbers (outside.Rules.PerDay).
const lookBack = 25 * time.Hour

// outside is nil when calls to outside numbers have nowhere to go.
func (a *App) outside() switchboard.Outside {
	if a.opts.Config.Hotline.Out == "" {
		return nil
	}
	return a.exchange
}

// calledBefore counts the calls of before a restart. That they still go on is not
// counted: who makes one is talking, and makes no other.
func calledBefore(book *outside.Book, e call.Event) {
	if out, ok := e.Fact.(call.CalledOut); ok {
		book.Began(e.At, out.Agent, out.Leg)
		book.Ended(out.Leg)
	}
}
