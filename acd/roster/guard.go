package roster

import "hotline1022/internal/call"

// MinimumGuard keeps enough people at a shift. It is asked by whoever owns the
// agents' states, in the moment of the change: two who ask at once are two questions,
// the second with the first already gone.
type MinimumGuard struct {
	Minimum  int  // agents who must be left
	Escalate bool // asks a supervisor where it would refuse
}

// Going is what an agent wants to do.
type Going string

// The ways to go.
const (
	ToPause Going = "pause"
	ToLeave Going = "leave"
)

// Floor is who is signed in to a shift.
type Floor struct {
	Working []call.AgentID // take calls, or are at one
	Paused  []call.AgentID
}

// Verdict is what the guard says.
type Verdict string

// The verdicts.
const (
	MayGo    Verdict = "may_go"
	MustAsk  Verdict = "must_ask"  // a supervisor decides
	MustStay Verdict = "must_stay" // refused: they stay
)

// Answer is the verdict, in words for the agent.
type Answer struct {
	Verdict Verdict
	Left    int // who would be left
	Vi, En  string
}

// LeastSeats is how many people the shift must have at any time: Minimum, or half of
// the seats rounded up.
func (s Shift) LeastSeats() int {
	if s.Minimum > 0 {
		return s.Minimum
	}
	return (s.Seats + 1) / 2
}

// May says whether the agent may go now. A pause counts those who take calls; leaving
// counts those who are paused too, as they come back. Whose shift is over is never
// refused, as nobody can be made to stay (Labour Code art. 107), but a supervisor
// hears of it first. Who is not on the floor keeps nobody waiting.
func (g MinimumGuard) May(agent call.AgentID, going Going, floor Floor, over bool) Answer {
	counted := map[call.AgentID]bool{}
	for _, a := range floor.Working {
		counted[a] = true
	}
	if going == ToLeave {
		for _, a := range floor.Paused {
			counted[a] = true
		}
	}
	there := counted[agent]
	delete(counted, agent)
	left := len(counted)
	switch {
	case left >= g.Minimum || !there:
		return Answer{Verdict: MayGo, Left: left}
	case g.Escalate || going == ToLeave && over:
		return g.answer(MustAsk, left, text{"Xin ý kiến trưởng ca.", "A shift lead must agree."})
	}
	return g.answer(MustStay, left, text{"Chờ người khác trở lại, hoặc gọi trưởng ca.", "Wait until somebody is back, or call a shift lead."})
}

func (g MinimumGuard) answer(v Verdict, left int, what text) Answer {
	said := say("Nếu bạn rời chỗ, ca chỉ còn %s người, tối thiểu %s. %s",
		"If you go, %s people are left, and the minimum is %s. %s", number(left), number(g.Minimum), what)
	return Answer{Verdict: v, Left: left, Vi: said.vi, En: said.en}
}
