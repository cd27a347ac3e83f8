package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/config"
	"hotline1022/internal/emergency/station"
)

const oneStation = `stale_after: 12h
stations:
  tram1: {vi: Trạm 1, en: Station 1, number: "02743555115", lat: 10.9804, lon: 106.6518, state: busy, confirmed: "2027-03-01 07:30"}
`

func TestStationsAreRead(t *testing.T) {
	t.Parallel()
	load := func(text string) (*config.Config, error) {
		dir := t.TempDir()
		require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "stations.yaml"), []byte(text), 0o600))
		return config.Load(dir)
	}
	c, err := load(oneStation)
	require.NoError(t, err)
	require.Len(t, c.Stations.List, 1)
	s := c.Stations.List[0]
	require.Equal(t, station.Point{Lat: 10.9804, Lon: 106.6518}, s.At)
	require.Equal(t, station.Busy, s.State)
	require.Equal(t, "2027-03-01T00:30:00Z", s.Since.UTC().Format("2006-01-02T15:04:05Z07:00"))
	for replaced, want := range map[[2]string]string{
		{"lat: 10.9804, lon: 106.6518", "lat: 106.6518, lon: 10.9804"}: `stations.yaml:3: lat of tram1 is "106.6518"; write degrees from 8 to 24`,
		{"lat: 10.9804", "lat: NaN"}:                                   `stations.yaml:3: lat of tram1 is "NaN"; write degrees`,
		{"state: busy", "state: asleep"}:                               `stations.yaml:3: station tram1 is "asleep"; write ready, busy or closed`,
		{"2027-03-01 07:30", "1/3/2027"}:                               `stations.yaml:3: "1/3/2027" is no time`,
		{`"02743555115"`, "x"}:                                         `stations.yaml:3: "x" is no number`,
		{", lon: 106.6518", ""}:                                        `stations.yaml:3: tram1 has no "lon"; add it`,
	} {
		_, err := load(strings.Replace(oneStation, replaced[0], replaced[1], 1))
		require.ErrorContains(t, err, want)
	}
}
