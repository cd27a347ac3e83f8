package stack

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
)

// The beep after which a citizen speaks.
const (
	beepHz     = 1000
	beepLength = 250  // milliseconds
	beepEdge   = 10   // milliseconds in which it comes and goes, or it would click
	beepPeak   = 8000 // of 32767
	beepRate   = 8000 // samples a second
	gapLength  = 40   // milliseconds of silence (asterisk/etc/extensions.conf.tmpl)
)

// layData makes the data folder that Asterisk is given: what the packaged one has, but
// for its sounds. Of these there are only the beep, which Asterisk looks for itself, and
// a moment of silence.
func layData(dir, packaged string) error {
	entries, err := os.ReadDir(packaged)
	if err != nil {
		return fmt.Errorf("reading Asterisk's data folder: %w", err)
	}
	sounds := filepath.Join(dir, "sounds")
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(sounds, 0o700)); err != nil {
		return fmt.Errorf("making Asterisk's data folder: %w", err)
	}
	for _, e := range entries {
		if e.Name() == "sounds" {
			continue
		}
		err := os.Symlink(filepath.Join(packaged, e.Name()), filepath.Join(dir, e.Name()))
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("making Asterisk's data folder: %w", err)
		}
	}
	for name, sound := range map[string][]byte{"beep.sln": beep(), "gap.sln": make([]byte, gapLength*beepRate/1000*2)} {
		if err := os.WriteFile(filepath.Join(sounds, name), sound, 0o600); err != nil {
			return fmt.Errorf("making a sound: %w", err)
		}
	}
	return nil
}

// beep is samples without a header, as a file .sln has them.
func beep() []byte {
	const samples, edge = beepLength * beepRate / 1000, beepEdge * beepRate / 1000
	var sound []byte
	for i := range samples {
		loud := min(1, float64(i)/edge, float64(samples-i)/edge)
		value := beepPeak * loud * math.Sin(2*math.Pi*beepHz*float64(i)/beepRate)
		sound = binary.LittleEndian.AppendUint16(sound, uint16(int16(value))) //nolint:gosec // two's complement is meant
	}
	return sound
}
