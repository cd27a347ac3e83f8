package outside_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/outside"
)

func home(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	require.NoError(t, err)
	return zone
}

// rules are as shipped.
func rules(t *testing.T) outside.Rules {
	t.Helper()
	return outside.Rules{
		Allowed: []string{"+84"}, Forbidden: []string{"+841900"}, From: 7 * time.Hour, To: 21 * time.Hour, Zone: home(t),
		PerHour: 3, PerDay: 5, AtOnce: 1, MaxLength: 30 * time.Minute, Form: outside.E164,
	}
}

// noon is within the hours.
func noon(t *testing.T) time.Time { return time.Date(2026, 11, 25, 12, 0, 0, 0, home(t)) }

func reason(t *testing.T, err error) outside.Reason {
	t.Helper()
	var refused *outside.Refusal
	require.ErrorAs(t, err, &refused)
	return refused.Reason
}

func TestWhatMayBeCalled(t *testing.T) {
	t.Parallel()
	r := rules(t)
	r.Short = []string{"1022", "111"}
	r.Own = []string{"1022", "02743822999"}
	r.Forbidden = append(r.Forbidden, "+84908666666", "+8428")
	for typed, want := range map[string]string{
		"0908123456": "+84908123456", "0908 123 456": "+84908123456", "0908.123.456": "+84908123456", "+84908123456": "+84908123456",
		"84908123456": "+84908123456", "0084908123456": "+84908123456", "(0274) 3822-022": "+842743822022",
		"18001091": "+8418001091", "111": "111",

		"": "no_number", "+": "no_number", "   ": "no_number", "0908": "no_number", "1023": "no_number", "0274113": "no_number",
		"09081234567890123": "no_number", "d1": "no_number", "0908123456@evil": "no_number", "0908123456;ext=1": "no_number",
		"tel:0908123456": "no_number", "1800FLOWERS": "no_number", "*67": "no_number", "+84113000000": "no_number", "0908123456#": "no_number",
		"０９０８１２３４５６": "no_number", "++84908123456": "no_number",

		"02743822999": "own_number", "(0274) 3822 999": "own_number", "+842743822999": "own_number", "1022": "own_number",

		"112": "emergency_number", "113": "emergency_number", "1 1 4": "emergency_number", "115": "emergency_number", "+84113": "emergency_number",
		"84114": "emergency_number", "0084115": "emergency_number", "0113": "emergency_number",

		"19001234": "forbidden", "1900 123456": "forbidden", "0908666666": "forbidden", "028 3829 1234": "forbidden",
		"+4930123456": "not_allowed", "004930123456": "not_allowed", "+85512345678": "not_allowed",
	} {
		permit, err := outside.NewBook(r).Ask(noon(t), "lan", "l1", typed, false)
		if strings.Trim(want, "+0123456789") == "" {
			require.NoError(t, err, typed)
			require.Equal(t, want, permit.Number, typed)
			require.Equal(t, noon(t).Add(30*time.Minute), permit.Until)
			continue
		}
		require.Error(t, err, typed)
		require.Equal(t, outside.Reason(want), reason(t, err), typed)
		_, err = outside.NewBook(r).Number(typed)
		require.Equal(t, outside.Reason(want), reason(t, err), "%s: nor is it promised for later", typed)
		_, err = outside.NewBook(r).Ask(noon(t), "lan", "l1", typed, true)
		require.Equal(t, outside.Reason(want), reason(t, err), "%s: urgency does not make it a number that may be called", typed)
	}
}

// Whatever is configured.
func TestEmergencyNumbersAreNeverOutsideNumbers(t *testing.T) {
	t.Parallel()
	r := rules(t)
	r.Allowed, r.Forbidden, r.Short = []string{"+"}, nil, []string{"112", "113", "114", "115"}
	for _, typed := range r.Short {
		_, err := outside.NewBook(r).Ask(noon(t), "lan", "l1", typed, true)
		require.Equal(t, outside.EmergencyNumber, reason(t, err), typed)
	}
	require.False(t, outside.Emergency("1022"))
	require.False(t, outside.Emergency("0908113114"))
}

func TestNobodyIsCalledWithoutAnAllowedPrefix(t *testing.T) {
	t.Parallel()
	_, err := outside.NewBook(outside.Rules{AtOnce: 1}).Ask(noon(t), "lan", "l1", "0908123456", false)
	require.Equal(t, outside.NotAllowed, reason(t, err))
	_, err = outside.NewBook(outside.Rules{Allowed: []string{"+84"}, AtOnce: 1, PerDay: 1}).Ask(noon(t), "lan", "l1", "0908123456", false)
	require.Equal(t, outside.TooManyThisHour, reason(t, err), "no calls in an hour are none")
}

func TestNumbersAsTheTrunkWantsThem(t *testing.T) {
	t.Parallel()
	r := rules(t)
	r.Allowed, r.Short = []string{"+84", "+49"}, []string{"1022"}
	for typed, want := range map[string]map[outside.Form]string{
		"0908 123 456":  {outside.E164: "+84908123456", outside.Digits: "84908123456", outside.National: "0908123456"},
		"(0274)3822022": {outside.E164: "+842743822022", outside.Digits: "842743822022", outside.National: "02743822022"},
		"18001091":      {outside.E164: "+8418001091", outside.Digits: "8418001091", outside.National: "18001091"},
		"+4930123456":   {outside.E164: "+4930123456", outside.Digits: "4930123456", outside.National: "004930123456"},
		"1022":          {outside.E164: "1022", outside.Digits: "1022", outside.National: "1022"},
	} {
		for _, form := range outside.Forms() {
			r.Form = form
			permit, err := outside.NewBook(r).Ask(noon(t), "lan", "l1", typed, false)
			require.NoError(t, err)
			require.Equal(t, want[form], permit.Dial, "%s as %s", typed, form)
		}
	}
}

func TestHours(t *testing.T) {
	t.Parallel()
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 25, hour, minute, 0, 0, home(t)) }
	for name, c := range map[string]struct {
		from, to time.Duration
		now      time.Time
		opens    time.Time // zero: open
	}{
		"before":               {7 * time.Hour, 21 * time.Hour, at(6, 59), at(7, 0)},
		"the first minute":     {7 * time.Hour, 21 * time.Hour, at(7, 0), time.Time{}},
		"the last minute":      {7 * time.Hour, 21 * time.Hour, at(20, 59), time.Time{}},
		"after":                {7 * time.Hour, 21 * time.Hour, at(21, 0), at(31, 0)},
		"the whole day":        {0, 0, at(3, 0), time.Time{}},
		"over midnight, late":  {18 * time.Hour, 6 * time.Hour, at(23, 0), time.Time{}},
		"over midnight, early": {18 * time.Hour, 6 * time.Hour, at(5, 59), time.Time{}},
		"by day":               {18 * time.Hour, 6 * time.Hour, at(12, 0), at(18, 0)},
		"another zone's clock": {7 * time.Hour, 21 * time.Hour, at(6, 59).UTC(), at(7, 0)},
	} {
		r := rules(t)
		r.From, r.To = c.from, c.to
		_, err := outside.NewBook(r).Ask(c.now, "lan", "l1", "0908123456", false)
		if c.opens.IsZero() {
			require.NoError(t, err, name)
			continue
		}
		require.Equal(t, outside.OutOfHours, reason(t, err), name)
		var refused *outside.Refusal
		require.ErrorAs(t, err, &refused)
		require.True(t, c.opens.Equal(refused.Until), "%s: %v", name, refused.Until)
		require.ErrorContains(t, err, c.opens.In(home(t)).Format("15:04"))
		_, err = outside.NewBook(r).Ask(c.now, "lan", "l1", "0908123456", true)
		require.NoError(t, err, "%s, urgent", name)
	}
}

func TestEveryRefusalHasWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, reason := range []outside.Reason{
		outside.NoNumber, outside.EmergencyNumber, outside.NotAllowed, outside.Forbidden, outside.OwnNumber, outside.OutOfHours,
		outside.TooManyAtOnce, outside.TooManyThisHour, outside.TooManyToday, "of a later version",
	} {
		r := &outside.Refusal{Reason: reason, Limit: 7, Until: noon(t)}
		vi, en := r.Words()
		for _, words := range []string{vi, en} {
			require.NotEmpty(t, words)
			require.False(t, seen[words], "%s is said like another", reason)
			seen[words] = true
		}
		require.Equal(t, en, r.Error())
	}
}
