package prompt

import "strings"

// English says numbers as they are said in English, with an "and" before what
// follows the hundreds.
type English struct{}

// Cardinal says a number from 0 to MaxNumber.
func (e English) Cardinal(n int) string {
	var words []string
	for _, unit := range []struct {
		size int
		name string
	}{{1_000_000, "million"}, {1000, "thousand"}} {
		if n >= unit.size {
			words = append(words, e.group(n/unit.size), unit.name)
			n %= unit.size
		}
	}
	switch {
	case n == 0 && len(words) > 0:
	case n < 100 && len(words) > 0:
		words = append(words, "and", e.group(n))
	default:
		words = append(words, e.group(n))
	}
	return strings.Join(words, " ")
}

// group says three digits.
func (e English) group(n int) string {
	hundreds, rest := n/100, n%100
	switch {
	case hundreds == 0:
		return e.tens(rest)
	case rest == 0:
		return e.tens(hundreds) + " hundred"
	}
	return e.tens(hundreds) + " hundred and " + e.tens(rest)
}

// tens says a number below 100.
func (e English) tens(n int) string {
	small := [...]string{
		"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	}
	if n < len(small) {
		return small[n]
	}
	tens := [...]string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}[n/10]
	if n%10 == 0 {
		return tens
	}
	return tens + "-" + small[n%10]
}

// Digit says one digit.
func (e English) Digit(n int) string { return e.tens(n) }

// Ordinal says a rank: twenty-first.
func (e English) Ordinal(n int) string {
	words := e.Cardinal(n)
	cut := strings.LastIndexAny(words, " -") + 1
	head, last := words[:cut], words[cut:]
	switch last {
	case "one":
		return head + "first"
	case "two":
		return head + "second"
	case "three":
		return head + "third"
	case "five":
		return head + "fifth"
	case "eight":
		return head + "eighth"
	case "nine":
		return head + "ninth"
	case "twelve":
		return head + "twelfth"
	}
	if strings.HasSuffix(last, "ty") {
		return head + strings.TrimSuffix(last, "y") + "ieth"
	}
	return head + last + "th"
}

// Minutes says a length of time: one minute, five minutes.
func (e English) Minutes(n int) string {
	if n == 1 {
		return "one minute"
	}
	return e.Cardinal(n) + " minutes"
}

// Day says the day of a month, as in "April the fifth".
func (e English) Day(n int) string { return "the " + e.Ordinal(n) }

// Month says a month of the year, 1 to 12.
func (e English) Month(n int) string {
	return [...]string{
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December",
	}[n-1]
}
