package stack

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone/audio"
)

func TestAsterisksDataFolderHasOurSoundsOnly(t *testing.T) {
	t.Parallel()
	packaged, dir := t.TempDir(), filepath.Join(t.TempDir(), "data")
	require.NoError(t, os.MkdirAll(filepath.Join(packaged, "documentation"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(packaged, "documentation", "core-en_US.xml"), []byte("<docs/>"), 0o600))
	require.NoError(t, os.MkdirAll(filepath.Join(packaged, "sounds", "en"), 0o700))
	for range 2 { // every start lays it anew
		require.NoError(t, layData(dir, packaged))
	}
	docs, err := os.ReadFile(filepath.Join(dir, "documentation", "core-en_US.xml"))
	require.NoError(t, err)
	require.Equal(t, "<docs/>", string(docs))
	sounds, err := os.ReadDir(filepath.Join(dir, "sounds"))
	require.NoError(t, err)
	require.Len(t, sounds, 2)
	require.DirExists(t, filepath.Join(packaged, "sounds", "en"), "what is packaged is left alone")

	data, err := os.ReadFile(filepath.Join(dir, "sounds", "beep.sln"))
	require.NoError(t, err)
	samples := make([]int16, len(data)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(data[2*i:]))
	}
	require.Len(t, samples, audio.Rate/4)
	require.Greater(t, audio.Share(samples, beepHz), 0.95)
	require.Zero(t, samples[0])

	require.ErrorContains(t, layData(dir, filepath.Join(packaged, "nothing")), "data folder")
}
