package prompt_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

func TestCardinalFollowsVietnameseRules(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		0: "không", 1: "một", 4: "bốn", 5: "năm", 9: "chín", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm",
		20: "hai mươi", 21: "hai mươi mốt", 24: "hai mươi tư", 25: "hai mươi lăm", 34: "ba mươi tư", 44: "bốn mươi tư",
		51: "năm mươi mốt", 55: "năm mươi lăm", 91: "chín mươi mốt", 99: "chín mươi chín",
		100: "một trăm", 101: "một trăm lẻ một", 104: "một trăm lẻ bốn", 105: "một trăm lẻ năm", 110: "một trăm mười",
		111: "một trăm mười một", 115: "một trăm mười lăm", 121: "một trăm hai mươi mốt", 200: "hai trăm",
		555: "năm trăm năm mươi lăm", 1000: "một nghìn", 1005: "một nghìn không trăm lẻ năm",
		1010: "một nghìn không trăm mười", 1015: "một nghìn không trăm mười lăm",
		1022: "một nghìn không trăm hai mươi hai", 1100: "một nghìn một trăm", 2026: "hai nghìn không trăm hai mươi sáu",
		10_000: "mười nghìn", 21_000: "hai mươi mốt nghìn", 105_105: "một trăm lẻ năm nghìn một trăm lẻ năm",
		1_000_000: "một triệu", 1_000_005: "một triệu không trăm lẻ năm", 1_005_000: "một triệu không trăm lẻ năm nghìn",
		9_999_999: "chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín",
	} {
		require.Equal(t, want, prompt.NewVietnamese().Cardinal(n), "%d", n)
	}
}

func TestVietnameseHabitsDiffer(t *testing.T) {
	t.Parallel()
	north := prompt.Vietnamese{Zero: "linh", Thousand: "nghìn", Four: "bốn"}
	require.Equal(t, "một trăm linh năm", north.Cardinal(105))
	require.Equal(t, "hai mươi bốn", north.Cardinal(24))
	south := prompt.Vietnamese{Zero: "lẻ", Thousand: "ngàn", Four: "tư"}
	require.Equal(t, "một ngàn không trăm lẻ năm", south.Cardinal(1005))
}

func TestVietnameseOrdinalsAndDates(t *testing.T) {
	t.Parallel()
	v := prompt.NewVietnamese()
	for n, want := range map[int]string{
		1: "thứ nhất", 2: "thứ hai", 3: "thứ ba", 4: "thứ tư", 5: "thứ năm", 10: "thứ mười", 14: "thứ mười bốn",
		15: "thứ mười lăm", 21: "thứ hai mươi mốt", 24: "thứ hai mươi tư", 101: "thứ một trăm lẻ một",
	} {
		require.Equal(t, want, v.Ordinal(n))
	}
	require.Equal(t, "ngày mùng năm", v.Day(5))
	require.Equal(t, "ngày mười lăm", v.Day(15))
	require.Equal(t, "tháng tư", v.Month(4))
	require.Equal(t, "tháng mười một", v.Month(11))
}

func TestEnglishNumbers(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		0: "zero", 12: "twelve", 20: "twenty", 21: "twenty-one", 100: "one hundred", 105: "one hundred and five",
		1000: "one thousand", 1005: "one thousand and five", 1115: "one thousand one hundred and fifteen",
		1_005_000: "one million five thousand", 1_000_005: "one million and five",
	} {
		require.Equal(t, want, prompt.English{}.Cardinal(n))
	}
	for n, want := range map[int]string{
		1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth", 20: "twentieth",
		21: "twenty-first", 30: "thirtieth", 100: "one hundredth", 105: "one hundred and fifth",
	} {
		require.Equal(t, want, prompt.English{}.Ordinal(n))
	}
	require.Equal(t, "one minute", prompt.English{}.Minutes(1))
	require.Equal(t, "ten minutes", prompt.English{}.Minutes(10))
}

// speakers are the languages with their words.
func speakers() map[call.Language]interface{ Cardinal(int) string } {
	return map[call.Language]interface{ Cardinal(int) string }{
		call.Vietnamese: prompt.NewVietnamese(), call.English: prompt.English{},
	}
}

func TestPartsSayTheSameAsTheWholeNumber(t *testing.T) {
	t.Parallel()
	catalogue := shipped(t)
	same := func(t require.TestingT, n int) {
		for lang, words := range speakers() {
			keys := prompt.Number(n, lang)
			require.NotEmpty(t, keys)
			for _, key := range keys {
				require.True(t, catalogue.Has(lang, key), "%s in %s", key, lang)
			}
			require.Equal(t, words.Cardinal(n), catalogue.Say(lang, keys), "%d", n)
		}
	}
	for n := range 2200 {
		same(t, n)
	}
	rapid.Check(t, func(t *rapid.T) { same(t, rapid.IntRange(0, prompt.MaxNumber).Draw(t, "n")) })
	require.Empty(t, prompt.Number(-1, call.Vietnamese))
	require.Empty(t, prompt.Number(prompt.MaxNumber+1, call.Vietnamese))
}

func TestPositionIsOneSentenceThatExists(t *testing.T) {
	t.Parallel()
	catalogue := shipped(t)
	for n := range 1200 {
		keys := prompt.Position(n)
		require.Len(t, keys, 1)
		for lang := range catalogue {
			require.True(t, catalogue.Has(lang, keys[0]), "%s in %s", keys[0], lang)
		}
	}
	say := func(n int) string { return catalogue.Say(call.Vietnamese, prompt.Position(n)) }
	require.Equal(t, "Quý khách là người tiếp theo. Xin giữ máy.", say(1))
	require.Equal(t, "Quý khách đang ở vị trí thứ tư trong hàng chờ.", say(4))
	require.Equal(t, "Quý khách đang ở vị trí thứ mười lăm trong hàng chờ.", say(15))
	require.Equal(t, "Phía trước quý khách còn ít nhất năm mươi người.", say(100))
	require.Equal(t, "Phía trước quý khách còn ít nhất một trăm người.", say(101))
	require.Equal(t, "Phía trước quý khách còn ít nhất chín trăm năm mươi người.", say(999))
	require.Equal(t, "You are number ninety-nine in line.", catalogue.Say(call.English, prompt.Position(99)))
}

func TestWaitIsRoundedUp(t *testing.T) {
	t.Parallel()
	catalogue := shipped(t)
	for d, want := range map[time.Duration]string{
		-time.Second:                   "Thời gian chờ dự kiến dưới một phút.",
		59 * time.Second:               "Thời gian chờ dự kiến dưới một phút.",
		time.Minute:                    "Thời gian chờ dự kiến khoảng một phút.",
		4*time.Minute + time.Second:    "Thời gian chờ dự kiến khoảng năm phút.",
		11 * time.Minute:               "Thời gian chờ dự kiến khoảng mười hai phút.",
		13 * time.Minute:               "Thời gian chờ dự kiến khoảng mười lăm phút.",
		time.Hour:                      "Thời gian chờ dự kiến khoảng sáu mươi phút.",
		time.Hour + time.Second:        "Hiện có nhiều người gọi. Thời gian chờ có thể trên một giờ.",
		time.Duration(1<<63 - 1):       "Hiện có nhiều người gọi. Thời gian chờ có thể trên một giờ.",
		44*time.Minute + 9*time.Second: "Thời gian chờ dự kiến khoảng bốn mươi lăm phút.",
	} {
		require.Equal(t, want, catalogue.Say(call.Vietnamese, prompt.Wait(d)), "%s", d)
	}
	require.Equal(t, "The expected wait is about one minute.", catalogue.Say(call.English, prompt.Wait(time.Minute)))
}

func TestDigitsAreSaidInGroups(t *testing.T) {
	t.Parallel()
	catalogue := shipped(t)
	require.Equal(t, "không hai bảy bốn ba tám hai hai hai hai hai", catalogue.Say(call.Vietnamese, prompt.Digits("0274 3 822 222")))
	require.Equal(t, "one zero two two", catalogue.Say(call.English, prompt.Digits("1022")))
	for code, want := range map[string][]int{
		"": nil, "abc": nil, "7": {1}, "113": {3}, "1022": {4}, "12345": {3, 2}, "0912345": {4, 3},
		"09123456": {4, 4}, "0912345678": {4, 3, 3}, "02743822222": {4, 4, 3}, "123456789012": {4, 4, 4},
	} {
		var groups []int
		size := 0
		for _, key := range prompt.Digits(code) {
			size++
			if strings.HasSuffix(key, "_end") {
				groups, size = append(groups, size), 0
			}
		}
		require.Equal(t, want, groups, code)
		require.Zero(t, size, "a pause stands at the end of %s", code)
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	catalogue := shipped(t)
	for day := time.Date(2028, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() == 2028; day = day.AddDate(0, 0, 1) {
		for lang := range catalogue {
			for _, key := range prompt.Date(day, lang) {
				require.True(t, catalogue.Has(lang, key), key)
			}
		}
	}
	day := time.Date(2026, 4, 5, 0, 0, 0, 0, time.UTC)
	require.Equal(t, "ngày mùng năm tháng tư", catalogue.Say(call.Vietnamese, prompt.Date(day, call.Vietnamese)))
	require.Equal(t, "April the fifth", catalogue.Say(call.English, prompt.Date(day, call.English)))
}
