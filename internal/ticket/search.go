package ticket

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"hotline1022/internal/phone"
)

// Search is the text that a search looks in: code, number as it is stored, as it is
// dialled and as it is shown, note, citizen, place, agent.
func (r *Record) Search(agentName string) string {
	local := strings.Replace(r.Caller, "+84", "0", 1)
	return Plain(strings.Join([]string{r.Code, r.Caller, local, phone.Display(r.Caller), r.Note, r.Citizen, r.Place.Said, agentName}, " "))
}

// Plain is text in lower case without diacritics: "Đường số 5" is "duong so 5".
func Plain(text string) string {
	strip := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	plain, _, err := transform.String(strip, strings.ToLower(strings.ToValidUTF8(text, "")))
	if err != nil {
		plain = strings.ToLower(text)
	}
	return strings.ReplaceAll(plain, "đ", "d")
}

// digitsOnly is a number as people write it, with whatever they put between digits.
var digitsOnly = regexp.MustCompile(`^[+(]?[0-9][0-9 .()/-]*$`)

// Words are what a ticket's Search text must contain, all of them, to be found by
// what somebody typed; the longest, which narrows most, comes first. A number is one
// word, however it is written.
func Words(typed string) []string {
	plain := strings.TrimSpace(strings.Map(printable, Plain(typed)))
	if digitsOnly.MatchString(plain) {
		return []string{strings.Map(digit, plain)}
	}
	words := strings.Fields(plain)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return slices.Compact(words)
}

func printable(r rune) rune {
	if unicode.IsControl(r) && !unicode.IsSpace(r) {
		return -1
	}
	return r
}

func digit(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}
