package wallboard

import (
	"math"
	"time"

	"hotline1022/internal/call"
)

// tally is a day's sums, or one call's part in them.
type tally struct {
	arrived, served, abandoned, abandonedWaiting, failed int
	voicemail, callback                                  int

	answered, answeredInTime, judged int
	waited                           time.Duration // of the answered
	talks                            int           // answered calls that are over
	talked                           time.Duration
}

func (t tally) plus(u tally, sign int) tally {
	return tally{
		arrived:          t.arrived + sign*u.arrived,
		served:           t.served + sign*u.served,
		abandoned:        t.abandoned + sign*u.abandoned,
		abandonedWaiting: t.abandonedWaiting + sign*u.abandonedWaiting,
		failed:           t.failed + sign*u.failed,
		voicemail:        t.voicemail + sign*u.voicemail,
		callback:         t.callback + sign*u.callback,
		answered:         t.answered + sign*u.answered,
		answeredInTime:   t.answeredInTime + sign*u.answeredInTime,
		judged:           t.judged + sign*u.judged,
		waited:           t.waited + time.Duration(sign)*u.waited,
		talks:            t.talks + sign*u.talks,
		talked:           t.talked + time.Duration(sign)*u.talked,
	}
}

// count adds a call's part to its days and minutes, or takes it out again.
func (f *Figures) count(v *visit, sign int) {
	if v.outbound {
		return
	}
	if !v.arrived.IsZero() {
		f.add(v.arrived, v.asArrival(), sign)
	}
	if entered := v.entered(); !entered.IsZero() {
		f.add(entered, v.asWait(entered), sign)
		f.addLine(entered, v, sign)
		f.pass(v, entered, sign)
	}
}

func (f *Figures) add(at time.Time, part tally, sign int) {
	d := f.day(at)
	if d < f.oldest {
		return
	}
	f.days[d] = f.days[d].plus(part, sign)
}

// asArrival is the call's part in the day that it arrived on.
func (v *visit) asArrival() tally {
	t := tally{arrived: 1}
	if !v.finished() {
		return t
	}
	switch v.outcome.Result {
	case call.Served, call.HandedOver:
		t.served = 1
	case call.Abandoned:
		t.abandoned = 1
		if v.gaveUpInLine() {
			t.abandonedWaiting = 1
		}
	case call.Failed:
		t.failed = 1
	case call.Voicemail:
		t.voicemail = 1
	case call.Callback:
		t.callback = 1
	case call.SelfServed, call.Refused: // arrived, and nobody was missed
	case call.NotReached: // of a call that did not arrive
	}
	return t
}

// asWait is the call's part in the day that it entered the line on.
func (v *visit) asWait(entered time.Time) tally {
	var t tally
	answered := v.answered()
	if answered.IsZero() {
		if v.finished() && v.notAnswered() && v.ended.at.Sub(entered) >= inTime {
			t.judged = 1
		}
		return t
	}
	t.answered, t.judged = 1, 1
	t.waited = max(answered.Sub(entered), 0)
	if t.waited <= inTime {
		t.answeredInTime = 1
	}
	if talked, done := v.talked(); done {
		t.talks, t.talked = 1, talked
	}
	return t
}

func (v *visit) gaveUpInLine() bool {
	inLine := v.outcome.Stage == call.Waiting || v.outcome.Stage == call.Ringing
	return v.outcome.Result == call.Abandoned && inLine
}

// notAnswered says that the call left the line without an agent: given up, or with a
// message or the wish to be called back instead of an answer.
func (v *visit) notAnswered() bool {
	r := v.outcome.Result
	return v.gaveUpInLine() || r == call.Voicemail || r == call.Callback
}

// today is the sums as they are shown. Averages and the percentage of nothing are 0.
func (t tally) today(d date) Today {
	shown := Today{
		Date: d.String(), Arrived: t.arrived, Served: t.served, Abandoned: t.abandoned,
		AbandonedWaiting: t.abandonedWaiting, Failed: t.failed, Voicemail: t.voicemail, Callback: t.callback,
		Answered: t.answered, AnsweredIn15s: t.answeredInTime,
	}
	if t.judged > 0 {
		shown.AnsweredIn15sPercent = math.Round(1000*float64(t.answeredInTime)/float64(t.judged)) / 10
	}
	if t.answered > 0 {
		shown.AverageWaitMs = (t.waited / time.Duration(t.answered)).Milliseconds()
	}
	if t.talks > 0 {
		shown.AverageTalkMs = (t.talked / time.Duration(t.talks)).Milliseconds()
	}
	return shown
}
