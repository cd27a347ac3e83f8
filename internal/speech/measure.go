package speech

import (
	"encoding/binary"
	"io"
	"time"
)

// Levels of a recording, of full scale.
const (
	faint      = 0.03  // -30 dB: brought to the level of the others, the room would be heard as loud as the voice
	full       = 0.995 // what is there has been cut off
	mostAtFull = 0.005 // of the time; more than that crackles
)

// measure judges a sound of 8 kHz, mono, 16 bit.
func measure(path string) (Take, error) {
	f, size, err := openWAV(path)
	if err != nil {
		return Take{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	t := Take{Length: time.Duration(size) * time.Second / (sampleRate * bytesPerSample)}
	switch {
	case t.Length > longestPrompt:
		return t, ErrTooLong
	case t.Length < shortest:
		return t, ErrSilent
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(f, data); err != nil {
		return t, err
	}
	cut := 0
	for i := 0; i+1 < len(data); i += bytesPerSample {
		level := float64(int16(binary.LittleEndian.Uint16(data[i:]))) / 32768 //nolint:gosec // two's complement
		if level < 0 {
			level = -level
		}
		t.Peak = max(t.Peak, level)
		if level >= full {
			cut++
		}
	}
	t.Clipped = float64(cut) / float64(max(len(data)/bytesPerSample, 1))
	switch {
	case t.Peak < float64(faintest)/32768/4:
		return t, ErrSilent
	case t.Peak < faint:
		return t, ErrFaint
	case t.Clipped > mostAtFull:
		return t, ErrTooLoud
	}
	return t, nil
}
