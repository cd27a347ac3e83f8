package phone_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/phone"
)

func TestNumbersAsTrunksSendThem(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"0908123456": "+84908123456", "84908123456": "+84908123456", "+84908123456": "+84908123456",
		"02743822022": "+842743822022", "842743822022": "+842743822022", "(0274) 3 822 022": "+842743822022",
		"0084908123456": "+84908123456", " 0908 123 456 ": "+84908123456", "113": "113", "+12025550143": "+12025550143",
		"": "", "1022": "1022", "anonymous": "anonymous",
	} {
		require.Equal(t, want, phone.Normalize(raw), raw)
	}
}

func TestNumbersAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	require.Equal(t, "0908 123 456", phone.Display("+84908123456"))
	require.Equal(t, "(0274) 3 822 022", phone.Display("+842743822022"))
	require.Equal(t, "(028) 3829 1234", phone.Display("+842838291234"))
	require.Empty(t, phone.Display(""))
	require.Equal(t, "+", phone.Display("+"))
	require.Equal(t, "+1 202-555-0143", phone.Display("+12025550143"))
	require.Equal(t, "web:gabc", phone.Display("web:gabc"))
}
