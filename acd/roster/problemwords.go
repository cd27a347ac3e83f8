package roster

import "time"

func (t Terms) problem(kind ProblemKind, m Member, at, other Slot, words text) Problem {
	return Problem{Kind: kind, Agent: m.Agent, Slot: at, Other: other, Vi: words.vi, En: words.en}
}

func (t Terms) unknown(a Assignment) Problem {
	if _, err := parseDate(a.Date); err != nil {
		return t.problem(UnknownDate, Member{Agent: a.Agent}, a.Slot(), Slot{}, say(
			"Ngày %s của %s không hợp lệ; ghi dạng 2026-11-24.",
			"The date %s of %s is none; write it as 2026-11-24.", word(a.Date), word(string(a.Agent))))
	}
	return t.problem(UnknownShift, Member{Agent: a.Agent}, a.Slot(), Slot{}, say(
		"Không có ca %s (%s, %s); chọn một ca có trong cấu hình.",
		"There is no shift %s (%s, %s); choose one from the configuration.", word(a.Shift), word(string(a.Agent)), word(a.Date)))
}

func (t Terms) stranger(m Member, s stint) Problem {
	return t.problem(UnknownAgent, m, s.slot, Slot{}, say(
		"%s có ca đến %s nhưng không có trong danh sách nhân viên; thêm người này hoặc bỏ ca.",
		"%s has shifts up to %s but is not on the staff; add them, or take them off.", m.shown(), t.words(s.slot)))
}

func (t Terms) onLeave(m Member, s stint, l Leave) Problem {
	return t.problem(OnLeave, m, s.slot, Slot{}, say(
		"%s nghỉ phép từ %s đến %s nhưng có %s; tìm người thay.",
		"%s is on leave from %s to %s but has %s; find a substitute.",
		m.shown(), dateWords(l.From), dateWords(l.To), t.words(s.slot)))
}

func dateWords(s string) text {
	if d, err := parseDate(s); err == nil {
		return d.words()
	}
	return word(s)
}

func (t Terms) neverTheirs(m Member, s stint) Problem {
	return t.problem(NeverTheirs, m, s.slot, Slot{}, say(
		"%s không được xếp vào %s; đổi cho người khác.",
		"%s is not to be given %s; swap it with somebody.", m.shown(), t.words(s.slot)))
}

func (t Terms) twoAtOnce(m Member, last, s stint) Problem {
	return t.problem(TwoAtOnce, m, s.slot, last.slot, say(
		"%s có hai ca cùng lúc: %s và %s; bỏ một ca.",
		"%s has two shifts at once: %s and %s; take them off one.", m.shown(), t.words(last.slot), t.words(s.slot)))
}

func (t Terms) tooLittleRest(m Member, last, s stint, rest time.Duration) Problem {
	return t.problem(TooLittleRest, m, s.slot, last.slot, say(
		"%s chỉ được nghỉ %s giữa %s và %s, phải đủ %s (Bộ luật Lao động, Điều 110); bỏ hoặc đổi một ca.",
		"%s rests only %s between %s and %s, and must have %s (Labour Code art. 110); drop or swap one of the two.",
		m.shown(), hours(rest), t.words(last.slot), t.words(s.slot), hours(t.Rules.withDefaults().MinRest)))
}

func (t Terms) tooLongADay(m Member, s stint, has time.Duration) Problem {
	return t.problem(TooLongADay, m, s.slot, Slot{}, say(
		"%s làm %s trong ngày có %s, tối đa %s (Bộ luật Lao động, Điều 105); bỏ bớt ca.",
		"%s works %s on the date of %s, and may work %s (Labour Code art. 105); take them off a shift.",
		m.shown(), hours(has), t.words(s.slot), hours(t.Rules.withDefaults().DailyHours)))
}

func (t Terms) tooLongAWeek(m Member, s stint, has time.Duration) Problem {
	return t.problem(TooLongAWeek, m, s.slot, Slot{}, say(
		"%s làm %s trong bảy ngày đến %s, tối đa %s (Bộ luật Lao động, Điều 105); bỏ hoặc đổi một ca trong bảy ngày đó.",
		"%s works %s in the seven days up to %s, and may work %s (Labour Code art. 105); drop or swap a shift of those days.",
		m.shown(), hours(has), t.words(s.slot), hours(t.weeklyHours(m))))
}

func (t Terms) noDayOff(m Member, s stint, n int) Problem {
	return t.problem(NoDayOff, m, s.slot, Slot{}, say(
		"%s làm %s ngày liền đến %s, tối đa %s ngày (Bộ luật Lao động, Điều 111); cho nghỉ một ngày.",
		"%s works %s days in a row up to %s, and may work %s (Labour Code art. 111); give them a day off.",
		m.shown(), number(n), t.words(s.slot), number(t.Rules.withDefaults().DaysInARow)))
}

func (t Terms) tooManyNights(m Member, s stint, n int) Problem {
	return t.problem(TooManyNights, m, s.slot, Slot{}, say(
		"%s làm %s đêm liền đến %s, tối đa %s đêm; đổi một ca đêm.",
		"%s works %s nights in a row up to %s, and may work %s; swap one of them.",
		m.shown(), number(n), t.words(s.slot), number(t.Rules.withDefaults().NightsInARow)))
}

func (t Terms) noSeatLeft(slot Slot, n, seats int) Problem {
	return t.problem(NoSeatLeft, Member{}, slot, Slot{}, say(
		"%s có %s người cho %s ghế; bỏ bớt người, hoặc thêm ghế cho ngày này.",
		"%s has %s people for %s seats; take somebody off, or give the date more seats.", t.words(slot), number(n), number(seats)))
}
