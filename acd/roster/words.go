package roster

import (
	"cmp"
	"fmt"
	"time"
)

// text is a sentence or a part of one, in both languages.
type text struct{ vi, en string }

func say(viFormat, enFormat string, parts ...text) text {
	vi, en := make([]any, len(parts)), make([]any, len(parts))
	for i, p := range parts {
		vi[i], en[i] = p.vi, p.en
	}
	return text{fmt.Sprintf(viFormat, vi...), fmt.Sprintf(enFormat, en...)}
}

func (d date) words() text {
	at := d.time()
	return text{weekdayVi(d.weekday()) + at.Format(" 02/01/2006"), at.Format("Mon 2 Jan 2006")}
}

func weekdayVi(w time.Weekday) string {
	switch w {
	case time.Sunday:
		return "Chủ nhật"
	case time.Monday:
		return "thứ Hai"
	case time.Tuesday:
		return "thứ Ba"
	case time.Wednesday:
		return "thứ Tư"
	case time.Thursday:
		return "thứ Năm"
	case time.Friday:
		return "thứ Sáu"
	case time.Saturday:
		return "thứ Bảy"
	}
	return ""
}

// hours is a length of time, to the minute.
func hours(d time.Duration) text {
	h, m := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case m == 0:
		return text{fmt.Sprintf("%d giờ", h), fmt.Sprintf("%d h", h)}
	case h == 0:
		return text{fmt.Sprintf("%d phút", m), fmt.Sprintf("%d min", m)}
	}
	return text{fmt.Sprintf("%d giờ %d phút", h, m), fmt.Sprintf("%d h %d min", h, m)}
}

func number(n int) text { return text{fmt.Sprint(n), fmt.Sprint(n)} }

func word(s string) text { return text{s, s} }

// shown is the shift's name, its key when it has none.
func (s Shift) shown() text {
	return text{cmp.Or(s.Vi, s.Key), cmp.Or(s.En, s.Key)}
}

func (m Member) shown() text { return word(cmp.Or(m.Name, string(m.Agent))) }

// words name the slot: the shift, the day, and the holiday that it is.
func (t Terms) words(s Slot) text {
	shift, when := word(s.Shift), word(s.Date)
	if i := t.index(s.Shift); i >= 0 {
		shift = t.Shifts[i].shown()
	}
	if d, err := parseDate(s.Date); err == nil {
		when = d.words()
	}
	for _, h := range t.Holidays {
		if h.Date == s.Date && h.Vi != "" {
			when = say("%s (%s)", "%s (%s)", when, text{h.Vi, cmp.Or(h.En, h.Vi)})
		}
	}
	return say("%s %s", "%s on %s", shift, when)
}
