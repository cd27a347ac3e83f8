package station_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/emergency/station"
)

var now = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func stations() []station.Station {
	ready := func(key string, lon float64) station.Station {
		return station.Station{Key: key, At: station.Point{Lat: 10.98, Lon: lon}, State: station.Ready, Since: now.Add(-time.Hour)}
	}
	list := []station.Station{ready("far", 106.80), ready("near", 106.66), ready("busy", 106.651), ready("old", 106.652), ready("never", 106.70)}
	list[2].State = station.Busy
	list[3].Since = now.Add(-25 * time.Hour)
	list[4].Since = time.Time{}
	return list
}

func keys(found []station.Found) (list []string) {
	for _, f := range found {
		list = append(list, f.Key)
	}
	return list
}

func TestTheNearestThatIsKnownToBeReadyComesFirst(t *testing.T) {
	t.Parallel()
	r := station.NewRegister(stations(), 24*time.Hour, nil)
	here := station.Point{Lat: 10.98, Lon: 106.65}
	found := r.Nearest(t.Context(), here, 10, now)
	require.Equal(t, []string{"near", "far", "old", "never"}, keys(found), "of the last two it is not known")
	require.False(t, found[0].Stale)
	require.True(t, found[2].Stale)
	require.InDelta(t, 1091.6, found[0].Metres, 1)
	require.Equal(t, []string{"near"}, keys(r.Nearest(t.Context(), here, 1, now)))

	require.NoError(t, r.Confirm("old", station.Ready, now))
	require.NoError(t, r.Confirm("near", station.Closed, now))
	require.NoError(t, r.Confirm("far", station.Busy, now.Add(-2*time.Hour)), "older than what is known")
	require.Equal(t, []string{"old", "far", "never"}, keys(r.Nearest(t.Context(), here, 10, now)))
	require.ErrorIs(t, r.Confirm("nowhere", station.Ready, now), station.ErrUnknown)
	require.Error(t, r.Confirm("near", "asleep", now))
}

// roads know that the far one is quicker, and nothing of the way from others.
type roads struct{}

func (roads) Way(_ context.Context, from, _ station.Point) (float64, time.Duration, error) {
	switch from.Lon {
	case 106.80:
		return 18000, 12 * time.Minute, nil
	case 106.66:
		return 3000, 15 * time.Minute, nil
	}
	return 0, 0, errors.New("no road")
}

func TestARouterMayTakeThePlaceOfTheStraightLine(t *testing.T) {
	t.Parallel()
	r := station.NewRegister(stations(), 24*time.Hour, roads{})
	found := r.Nearest(t.Context(), station.Point{Lat: 10.98, Lon: 106.65}, 10, now)
	require.Equal(t, []string{"far", "near", "old", "never"}, keys(found))
	require.Equal(t, 12*time.Minute, found[0].Drive)
	require.InDelta(t, 218, found[2].Metres, 5, "where there is no road, the straight line")
}
