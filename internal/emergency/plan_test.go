package emergency_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

func TestALadderIsThatOfTheAreaAndOfTheHour(t *testing.T) {
	t.Parallel()
	night := emergency.Rung{Address: "0908123456", From: 22 * time.Hour, To: 6 * time.Hour}
	p := emergency.Plan{Zone: time.FixedZone("", 7*3600), Services: []emergency.Service{
		{Key: "113", Joint: "112"},
		{Key: "112", Ladder: []emergency.Rung{{Address: "112"}, night}, Areas: []emergency.Area{{Key: "25747", Ladder: []emergency.Rung{{Address: "02743"}}}}},
		{Key: "115", Ladder: []emergency.Rung{night}},
	}}
	at := func(clock string) time.Time {
		when, err := time.Parse("15:04 -0700", clock+" +0700")
		require.NoError(t, err)
		return when.UTC()
	}
	addresses := func(key call.Service, area, clock string) (list []string) {
		for _, r := range p.Ladder(key, area, at(clock)) {
			list = append(list, r.Address)
		}
		return list
	}
	require.Equal(t, []string{"112", "0908123456"}, addresses("113", "", "23:00"), "a joint centre, at night")
	require.Equal(t, []string{"112"}, addresses("113", "", "06:00"))
	require.Equal(t, []string{"02743"}, addresses("113", "25747", "23:00"))
	require.Equal(t, []string{"112"}, addresses("112", "1", "12:00"), "an area without its own")
	require.Equal(t, []string{"0908123456"}, addresses("115", "", "12:00"), "all closed: all are called")
	require.Empty(t, addresses("999", "", "12:00"))
}

func TestHeadersAreFilled(t *testing.T) {
	t.Parallel()
	h := emergency.Header{Name: "X-Caller", Value: "{caller};id={call}"}
	require.Equal(t, "+84908123456;id=t1-1.1", h.Fill("+84908123456", "t1-1.1"))
}
