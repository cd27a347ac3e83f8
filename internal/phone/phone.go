// Package phone reads telephone numbers as trunks and people write them, and shows
// them the Vietnamese way.
package phone

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

const region = "VN"

// Normalize gives the E.164 form (+84908123456) of a number as a trunk sent it:
// 0908…, 84908…, +84908…, 0084…. What is no number that can be called back, such as a
// short code or an extension, stays as it is.
func Normalize(raw string) string {
	raw = strings.TrimSpace(raw)
	candidates := []string{raw}
	if strings.HasPrefix(raw, "84") {
		candidates = []string{"+" + raw, raw}
	}
	for _, c := range candidates {
		n, err := phonenumbers.Parse(c, region)
		if err == nil && phonenumbers.IsValidNumber(n) {
			return phonenumbers.Format(n, phonenumbers.E164)
		}
	}
	return raw
}

// Display is how people read the number: 0908 123 456, (0274) 3 822 022,
// (028) 3829 1234, and foreign ones with their country code.
func Display(e164 string) string {
	if !strings.HasPrefix(e164, "+") {
		return e164
	}
	n, err := phonenumbers.Parse(e164, region)
	if err != nil {
		return e164
	}
	if n.GetCountryCode() != 84 {
		return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
	}
	national := phonenumbers.Format(n, phonenumbers.NATIONAL)
	if phonenumbers.GetNumberType(n) != phonenumbers.FIXED_LINE {
		return national
	}
	area, rest, ok := strings.Cut(national, " ")
	if !ok {
		return national
	}
	// Seven digits are read by ones and threes, as agencies print theirs.
	if digits := strings.ReplaceAll(rest, " ", ""); len(digits) == 7 {
		rest = digits[:1] + " " + digits[1:4] + " " + digits[4:]
	}
	return "(" + strings.Trim(area, "()") + ") " + rest
}
