package prompt

import "strings"

// Vietnamese says numbers by the rules of the language: 10 is mười and later tens
// are mươi; after a ten 1 is mốt and 5 is lăm, after mười only 5 changes; a skipped
// ten is lẻ in the south and linh in the north.
type Vietnamese struct {
	Zero     string // "lẻ" or "linh", the skipped ten: một trăm lẻ năm
	Thousand string // "nghìn" or "ngàn"
	Four     string // "tư" or "bốn", the four after hai mươi and later tens
}

// NewVietnamese has the words that the province is used to.
func NewVietnamese() Vietnamese { return Vietnamese{Zero: "lẻ", Thousand: "nghìn", Four: "tư"} }

// Cardinal says a number from 0 to MaxNumber.
func (v Vietnamese) Cardinal(n int) string {
	var words []string
	for _, unit := range []struct {
		size int
		name string
	}{{1_000_000, "triệu"}, {1000, v.Thousand}} {
		if n >= unit.size {
			words = append(words, v.group(n/unit.size, len(words) > 0), unit.name)
			n %= unit.size
		}
	}
	if n > 0 || len(words) == 0 {
		words = append(words, v.group(n, len(words) > 0))
	}
	return strings.Join(words, " ")
}

// group says three digits; in full means with its hundreds even if there are none,
// as after a greater group: một nghìn không trăm lẻ năm.
func (v Vietnamese) group(n int, full bool) string {
	hundreds, rest := n/100, n%100
	switch {
	case hundreds == 0 && !full:
		return v.tens(rest)
	case rest == 0:
		return v.Digit(hundreds) + " trăm"
	case rest < 10:
		return v.Digit(hundreds) + " trăm " + v.Zero + " " + v.Digit(rest)
	}
	return v.Digit(hundreds) + " trăm " + v.tens(rest)
}

// tens says a number below 100.
func (v Vietnamese) tens(n int) string {
	tens, ones := n/10, n%10
	if tens == 0 {
		return v.Digit(ones)
	}
	words := "mười"
	if tens > 1 {
		words = v.Digit(tens) + " mươi"
	}
	switch {
	case ones == 0:
		return words
	case ones == 1 && tens > 1:
		return words + " mốt"
	case ones == 4 && tens > 1:
		return words + " " + v.Four
	case ones == 5:
		return words + " lăm"
	}
	return words + " " + v.Digit(ones)
}

// Digit says one digit.
func (v Vietnamese) Digit(n int) string {
	return [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}[n]
}

// Ordinal says a rank: thứ nhất, thứ hai, thứ ba, thứ tư, and then thứ with the cardinal.
func (v Vietnamese) Ordinal(n int) string {
	switch n {
	case 1:
		return "thứ nhất"
	case 4:
		return "thứ tư"
	}
	return "thứ " + v.Cardinal(n)
}

// Minutes says a length of time: mười lăm phút.
func (v Vietnamese) Minutes(n int) string { return v.Cardinal(n) + " phút" }

// Day says the day of a month. The first ten have mùng before them.
func (v Vietnamese) Day(n int) string {
	if n <= 10 {
		return "ngày mùng " + v.Cardinal(n)
	}
	return "ngày " + v.Cardinal(n)
}

// Month says a month of the year, 1 to 12. The fourth is tháng tư.
func (v Vietnamese) Month(n int) string {
	if n == 4 {
		return "tháng tư"
	}
	return "tháng " + v.Cardinal(n)
}
