package prompt

import (
	"fmt"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// The limits of what can be said.
const (
	MaxNumber = 9_999_999 // the greatest number
	Exact     = 99        // the last place in line that is told exactly
	rough     = 50        // beyond it, places are told in steps of this many
	far       = 1000      // from here on the number is no help to anybody
)

// Position gives the prompts that tell a caller their place in line, from 1. Up to
// Exact the place is told, later how many are ahead at least. Each is one sentence,
// for a sentence in one breath is understood better than one put together.
func Position(n int) []string {
	switch {
	case n <= 1:
		return []string{"queue_next"}
	case n <= Exact:
		return []string{positionKey(n)}
	case n < far:
		return []string{aheadKey((n - 1) / rough * rough)}
	}
	return []string{"pos_many"}
}

// Wait gives the prompts that tell how long a caller will probably wait. It rounds
// up: a caller whose turn comes early does not complain.
func Wait(d time.Duration) []string {
	switch told := WaitMinutes(d); {
	case d < time.Minute:
		return []string{"wait_short"}
	case told > longest:
		return []string{"wait_long"}
	default:
		return []string{waitKey(told)}
	}
}

// WaitMinutes is the minutes that Wait says, as an upper end: one for less than a
// minute, and 61 for more than an hour.
func WaitMinutes(d time.Duration) int {
	for _, told := range waits() {
		if d <= time.Duration(told)*time.Minute {
			return told
		}
	}
	return longest + 1
}

// longest wait that is told in minutes.
const longest = 60

// waits lists the minutes that are told: each at first, then as people round.
func waits() []int {
	return []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 45, longest}
}

// Number gives the prompts that say a number from 0 to MaxNumber; none for others.
func Number(n int, lang call.Language) []string {
	if n < 0 || n > MaxNumber {
		return nil
	}
	var keys []string
	millions, thousands, rest := n/1_000_000, n/1000%1000, n%1000
	if millions > 0 {
		keys = append(keys, numberKey(millions), "million")
	}
	if thousands > 0 {
		keys = append(keys, group(thousands, lang, lang == call.Vietnamese && len(keys) > 0)...)
		keys = append(keys, "thousand")
	}
	if rest > 0 || len(keys) == 0 {
		keys = append(keys, group(rest, lang, len(keys) > 0)...)
	}
	return keys
}

// group says three digits, linked to a greater group before them if there is one.
func group(n int, lang call.Language, linked bool) []string {
	hundreds, rest := n/100, n%100
	var keys []string
	switch {
	case hundreds > 0:
		keys = append(keys, numberKey(hundreds*100))
	case linked && lang == call.Vietnamese:
		keys = append(keys, "no_hundred")
	case !linked:
		return []string{numberKey(rest)}
	}
	switch {
	case rest == 0:
		return keys
	case lang != call.Vietnamese:
		return append(keys, "and", numberKey(rest))
	case rest < 10:
		return append(keys, skippedKey(rest))
	}
	return append(keys, numberKey(rest))
}

// Date gives the prompts that say a day and its month, in the order of the language.
func Date(day time.Time, lang call.Language) []string {
	d, m := dayKey(day.Day()), monthKey(int(day.Month()))
	if lang == call.Vietnamese {
		return []string{d, m}
	}
	return []string{m, d}
}

// Digits gives the prompts that say a telephone number or a code digit by digit, in
// groups of three or four with a pause after each. What is no digit is passed over.
func Digits(s string) []string {
	var digits []byte
	for _, c := range []byte(s) {
		if c >= '0' && c <= '9' {
			digits = append(digits, c)
		}
	}
	keys := make([]string, 0, len(digits))
	for len(digits) > 0 {
		size := groupSize(len(digits))
		for i, d := range digits[:size] {
			if i == size-1 {
				keys = append(keys, lastDigitKey(int(d-'0')))
			} else {
				keys = append(keys, digitKey(int(d-'0')))
			}
		}
		digits = digits[size:]
	}
	return keys
}

// groupSize divides n digits into as few groups of at most four as can be, the
// longer ones first: 0274 382 222 and 0912 345 678.
func groupSize(n int) int {
	groups := (n + 3) / 4
	return (n + groups - 1) / groups
}

func positionKey(n int) string  { return fmt.Sprintf("pos_%d", n) }
func aheadKey(n int) string     { return fmt.Sprintf("ahead_%d", n) }
func waitKey(n int) string      { return fmt.Sprintf("wait_%d", n) }
func numberKey(n int) string    { return fmt.Sprintf("num_%d", n) }
func skippedKey(n int) string   { return fmt.Sprintf("num_0%d", n) }
func digitKey(n int) string     { return fmt.Sprintf("digit_%d", n) }
func lastDigitKey(n int) string { return fmt.Sprintf("digit_%d_end", n) }
func dayKey(n int) string       { return fmt.Sprintf("day_%d", n) }
func monthKey(n int) string     { return fmt.Sprintf("month_%d", n) }

// words is a language's way of saying numbers.
type words interface {
	Cardinal(n int) string
	Ordinal(n int) string
	Digit(n int) string
	Minutes(n int) string
	Day(n int) string
	Month(n int) string
}

// patterns are the sentences that hold a number.
type patterns struct {
	position, ahead, wait string
}

// generate makes the prompts that hold numbers.
func generate(lang call.Language, w words, p patterns) map[string]Text {
	all := map[string]Text{}
	sentence := func(key, pattern string, n int) {
		fill := strings.NewReplacer("{ordinal}", w.Ordinal(n), "{number}", w.Cardinal(n), "{minutes}", w.Minutes(n))
		all[key] = Text{Text: fill.Replace(pattern)}
	}
	part := func(key, text string) { all[key] = Text{Text: text, Part: true} }
	for n := 2; n <= Exact; n++ {
		sentence(positionKey(n), p.position, n)
	}
	for n := rough; n < far; n += rough {
		sentence(aheadKey(n), p.ahead, n)
	}
	for _, n := range waits() {
		sentence(waitKey(n), p.wait, n)
	}
	for n := range 100 {
		part(numberKey(n), w.Cardinal(n))
	}
	for n := 100; n < 1000; n += 100 {
		part(numberKey(n), w.Cardinal(n))
	}
	for n := range 10 {
		part(digitKey(n), w.Digit(n))
		all[lastDigitKey(n)] = Text{Text: w.Digit(n)}
	}
	for n := 1; n <= 31; n++ {
		part(dayKey(n), w.Day(n))
	}
	for n := 1; n <= 12; n++ {
		part(monthKey(n), w.Month(n))
	}
	part("thousand", afterOne(w, 1000))
	part("million", afterOne(w, 1_000_000))
	switch lang {
	case call.Vietnamese:
		hundred := w.Cardinal(100)
		part("no_hundred", strings.Replace(hundred, w.Digit(1), w.Digit(0), 1))
		for n := 1; n < 10; n++ {
			part(skippedKey(n), strings.TrimPrefix(w.Cardinal(100+n), hundred+" "))
		}
	case call.English:
		part("and", "and")
	}
	return all
}

// afterOne is what is said after the number of thousands or millions.
func afterOne(w words, unit int) string {
	return strings.TrimPrefix(w.Cardinal(unit), w.Digit(1)+" ")
}
