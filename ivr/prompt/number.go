package prompt

import (
	"strconv"
	"strings"
)

// Zero is the word for a skipped ten: lẻ in the south, linh in the north.
type Zero string

// The two ways to say 105.
const (
	South Zero = "lẻ"
	North Zero = "linh"
)

func digitWord(n int) string {
	return [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}[n]
}

// Cardinal says a number from 0 to 999,999,999 in Vietnamese. After a ten, 1 is mốt,
// 4 is tư and 5 is lăm; 10 is mười and later tens are mươi; a skipped ten is lẻ or linh.
func Cardinal(n int, zero Zero) string {
	if n < 0 {
		return "âm " + Cardinal(-n, zero)
	}
	if n < 1000 {
		return below1000(n, zero, false)
	}
	var words []string
	for _, unit := range []struct {
		size int
		name string
	}{{1_000_000, "triệu"}, {1000, "nghìn"}} {
		if n >= unit.size {
			// Groups after the first are said in full: một triệu không trăm lẻ năm nghìn.
			words = append(words, below1000(n/unit.size, zero, len(words) > 0), unit.name)
			n %= unit.size
		}
	}
	if n > 0 {
		words = append(words, below1000(n, zero, true))
	}
	return strings.Join(words, " ")
}

// below1000 says three digits; in full means with its hundreds even if there are none.
func below1000(n int, zero Zero, full bool) string {
	var words []string
	hundreds, tens, ones := n/100, n/10%10, n%10
	if hundreds > 0 || full {
		words = append(words, digitWord(hundreds), "trăm")
	}
	switch {
	case tens == 0 && ones > 0 && len(words) > 0:
		words = append(words, string(zero), digitWord(ones))
	case tens == 0 && (ones > 0 || len(words) == 0):
		words = append(words, digitWord(ones))
	case tens == 1:
		words = append(words, "mười")
	case tens > 1:
		words = append(words, digitWord(tens), "mươi")
	}
	if tens > 0 && ones > 0 {
		words = append(words, afterTen(tens, ones))
	}
	return strings.Join(words, " ")
}

func afterTen(tens, ones int) string {
	switch {
	case ones == 1 && tens > 1:
		return "mốt"
	case ones == 4 && tens > 1:
		return "tư"
	case ones == 5:
		return "lăm"
	}
	return digitWord(ones)
}

// Ordinal says a rank: thứ nhất, thứ hai, thứ ba, thứ tư, and thứ with the cardinal.
func Ordinal(n int, zero Zero) string {
	switch n {
	case 1:
		return "thứ nhất"
	case 4:
		return "thứ tư"
	}
	return "thứ " + Cardinal(n, zero)
}

// Digits says a telephone number or a code digit by digit.
func Digits(s string) string {
	var words []string
	for _, r := range s {
		if d, err := strconv.Atoi(string(r)); err == nil {
			words = append(words, digitWord(d))
		}
	}
	return strings.Join(words, " ")
}
