package staffing

import "fmt"

// Reason is what an advice says.
type Reason string

// The reasons.
const (
	Enough   Reason = "enough"        // the agents meet the target
	Short    Reason = "short"         // they do not
	Overload Reason = "overload"      // they cannot even take all calls; the line grows until callers give up
	TooFew   Reason = "too_few_calls" // the calls seen may need more agents than there are, or not
)

// Advice is for the hour that begins now, if it goes on as in the last while.
type Advice struct {
	Reason  Reason
	Have    int
	Need    int // 0 with TooFew
	Missing int // how many to call in
	Low     int // Need is from here to High, nine times in ten, by chance in the number of calls
	High    int
	Traffic Traffic // as it was taken to be
	Now     Service // what callers will find with Have agents; a guess with TooFew
}

// fewCalls is how many arrivals say a rate to within a third.
const fewCalls = 10

// Advise compares the agents who take calls, or will again after the call or the
// wrap-up that they are in, with those who are needed. It asks with Erlang A when
// patience is known, with Erlang C when it is not.
//
// Fewer than ten arrivals say little. Then it is told only what holds however the
// chance fell: that the agents are too few for the fewest calls that may be meant, or
// enough for the most.
func (l Line) Advise(m Measure, have int) (Advice, error) {
	if err := l.Check(); err != nil {
		return Advice{}, err
	}
	if err := m.Check(); err != nil {
		return Advice{}, err
	}
	if have < 0 {
		return Advice{}, fmt.Errorf("%d agents cannot be; give 0 or more", have)
	}
	now := m.learn(l)
	few, many := bounds(m.Arrived)
	a := Advice{
		Have: have, Need: now.needed(m.perHour(float64(m.Arrived))),
		Low: now.needed(m.perHour(few)), High: now.needed(m.perHour(many)),
		Traffic: now.traffic(m.perHour(float64(m.Arrived))),
	}
	a.Now = expect(a.Traffic, have, l.Target.Within)
	switch {
	case m.Arrived >= fewCalls || have >= a.High:
	case have < a.Low:
		a.Need = a.Low
	default:
		a.Need, a.Reason = 0, TooFew
		return a, nil
	}
	a.Missing = max(a.Need-have, 0)
	switch {
	case a.Missing == 0:
		a.Reason = Enough
	case a.Traffic.Load() >= float64(have):
		a.Reason = Overload
	default:
		a.Reason = Short
	}
	return a, nil
}

// Sentence tells the advice to staff, in Vietnamese and English.
func (a Advice) Sentence() (vi, en string) {
	switch a.Reason {
	case Enough:
		return fmt.Sprintf("Đủ người: cần %d, đang có %d", a.Need, a.Have),
			fmt.Sprintf("Enough: you need %d, you have %d", a.Need, a.Have)
	case Short:
		return fmt.Sprintf("Cần %d người, đang có %d: gọi thêm %d", a.Need, a.Have, a.Missing),
			fmt.Sprintf("You need %d, you have %d: call in %d", a.Need, a.Have, a.Missing)
	case Overload:
		return fmt.Sprintf("Quá tải: cần %d người, đang có %d: gọi thêm %d", a.Need, a.Have, a.Missing),
			fmt.Sprintf("Overload: you need %d, you have %d: call in %d", a.Need, a.Have, a.Missing)
	case TooFew:
		return fmt.Sprintf("Quá ít cuộc gọi để nói chắc: cần từ %d đến %d người, đang có %d", a.Low, a.High, a.Have),
			fmt.Sprintf("Too few calls to tell: you need %d to %d, you have %d", a.Low, a.High, a.Have)
	}
	return "", ""
}
