package ticket_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

func TestPlainHasNoDiacritics(t *testing.T) {
	t.Parallel()
	require.Equal(t, "duong so 5, phu hoa, thu dau mot", ticket.Plain("Đường số 5, Phú Hòa, Thủ Dầu Một"))
	require.Equal(t, ticket.Plain("ho\u0300a"), ticket.Plain("hòa"), "however the letters are composed")
	require.Equal(t, "ab", ticket.Plain("a\xffb"), "bytes that are no text are left out")
}

func TestATicketIsFoundByWhateverIsKnownOfIt(t *testing.T) {
	t.Parallel()
	r, _ := ticket.Fold(story(
		call.Arrived{Caller: "+842743822022", Ticket: "2632800017"},
		call.WrappedUp{Agent: "lan", Topic: call.Topic{Group: call.Field}, Note: "Nắp cống vỡ ở đường Yersin"},
	))
	text := r.Search("Nguyễn Thị Lan")
	for _, typed := range []string{
		"2632800017", "02743822022", "+842743822022", "842743822022", "(0274) 3 822 022", "3822 022", "0274.3822.022", "0274-3822022",
		"yersin", "Duong YERSIN", "nắp cống", "lan yersin", "  nguyen  ", "22 cong", "",
	} {
		require.True(t, found(text, typed), "%q", typed)
	}
	for _, typed := range []string{"0908", "yersin hoa", "0274 3 822 023", "%", "_"} {
		require.False(t, found(text, typed), "%q", typed)
	}
}

func TestWordsBeginWithTheLongest(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"duong", "cay", "o"}, ticket.Words("cây ở ĐƯỜNG"))
	require.Equal(t, []string{"0908123456"}, ticket.Words("0908 123 456"))
	require.Equal(t, []string{"ab"}, ticket.Words("a\x00b"))
	require.Empty(t, ticket.Words(" \t"))
}

func found(text, typed string) bool {
	for _, w := range ticket.Words(typed) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
