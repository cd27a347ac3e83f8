package recording

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Peaks are a recording's loudness for people to see: for each channel so many values,
// evenly over the recording, each the loudest of its time as a percentage of what is
// possible.
type Peaks struct {
	DurationMs int64   `json:"duration_ms"`
	Channels   [][]int `json:"channels"` // citizen, agent; a message has the first only
}

// mostPeaks is as many as a screen has columns; a recording of seconds has fewer, one for
// each 20 ms.
const (
	mostPeaks     = 1600
	shortestPeak  = sampleRate / 50
	loudestSample = 1 << 15
)

// errKept says that a file is not one that a Keeper has written.
var errKept = errors.New("not a WAV file of one or two channels at 8 kHz with 16 bits, as recordings are kept")

// ReadPeaks reads a kept recording once, to its end.
func ReadPeaks(r io.Reader) (Peaks, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	var h [headerSize]byte
	if _, err := io.ReadFull(in, h[:]); err != nil {
		return Peaks{}, fmt.Errorf("reading a recording's header: %w", errors.Join(errKept, err))
	}
	channels, size := int(binary.LittleEndian.Uint16(h[22:])), int64(binary.LittleEndian.Uint32(h[40:]))
	rate, bits := binary.LittleEndian.Uint32(h[24:]), binary.LittleEndian.Uint16(h[34:])
	if string(h[:4]) != "RIFF" || string(h[36:40]) != "data" || channels < 1 || channels > 2 || rate != sampleRate || bits != 8*sampleSize {
		return Peaks{}, errKept
	}
	frames := size / int64(channels*sampleSize)
	each := max((frames+mostPeaks-1)/mostPeaks, shortestPeak)
	p := Peaks{DurationMs: frames * 1000 / sampleRate, Channels: make([][]int, channels)}
	frame := make([]byte, channels*sampleSize)
	for n := range frames {
		if _, err := io.ReadFull(in, frame); err != nil {
			return Peaks{}, fmt.Errorf("reading a recording: %w", err)
		}
		for c := range channels {
			if n%each == 0 {
				p.Channels[c] = append(p.Channels[c], 0)
			}
			sample := int(int16(binary.LittleEndian.Uint16(frame[c*sampleSize:]))) //nolint:gosec // the sign is meant
			last := &p.Channels[c][n/each]
			*last = max(*last, 100*max(sample, -sample)/loudestSample)
		}
	}
	return p, nil
}
