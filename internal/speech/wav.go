package speech

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// What a telephone line carries, and so the only format of our sounds.
const (
	sampleRate     = 8000
	bytesPerSample = 2
	shortest       = 80 * time.Millisecond // no word is shorter
	faintest       = 1000                  // of 32767: no word's loudest sample is below it
)

// openWAV reads the header of a WAV file and stands at its samples. size is what
// is really there of them, in bytes.
func openWAV(path string) (f *os.File, size int64, err error) {
	f, err = os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	if size, err = readHeader(f); err != nil {
		f.Close() //nolint:errcheck,gosec // only read
		return nil, 0, fmt.Errorf("%s: %w", path, err)
	}
	return f, size, nil
}

var errNoWAV = errors.New("this is no WAV file of 8 kHz, mono, 16 bit; remove it, and `hotline prompts build` makes it anew")

// readHeader walks the chunks of a RIFF file up to the samples.
func readHeader(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	var riff [12]byte
	if _, err := io.ReadFull(f, riff[:]); err != nil || string(riff[:4]) != "RIFF" || string(riff[8:]) != "WAVE" {
		return 0, errNoWAV
	}
	at, fits := int64(len(riff)), false
	for {
		var head [8]byte
		if _, err := io.ReadFull(f, head[:]); err != nil {
			return 0, errNoWAV
		}
		at += int64(len(head))
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "data":
			if !fits {
				return 0, errNoWAV
			}
			return min(length, info.Size()-at), nil
		case "fmt ":
			var form [16]byte
			if _, err := io.ReadFull(f, form[:]); err != nil {
				return 0, errNoWAV
			}
			fits = binary.LittleEndian.Uint16(form[0:]) == 1 && binary.LittleEndian.Uint16(form[2:]) == 1 &&
				binary.LittleEndian.Uint32(form[4:]) == sampleRate && binary.LittleEndian.Uint16(form[14:]) == 8*bytesPerSample
		}
		at += length + length%2 // chunks begin at even places
		if _, err := f.Seek(at, io.SeekStart); err != nil {
			return 0, errNoWAV
		}
	}
}

// length says how long the file plays.
func length(path string) (time.Duration, error) {
	f, size, err := openWAV(path)
	if err != nil {
		return 0, err
	}
	defer f.Close() //nolint:errcheck // only read
	return time.Duration(size) * time.Second / (sampleRate * bytesPerSample), nil
}

// audible is an error unless the file holds something to hear.
func audible(path string) error {
	f, size, err := openWAV(path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	if played := time.Duration(size) * time.Second / (sampleRate * bytesPerSample); played < shortest {
		return fmt.Errorf("the sound lasts only %s; is the recording or the text empty?", played)
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(f, data); err != nil {
		return err
	}
	for i := 0; i+1 < len(data); i += bytesPerSample {
		if s := int16(binary.LittleEndian.Uint16(data[i:])); s > faintest || s < -faintest {
			return nil
		}
	}
	return errors.New("the sound is silent; is the recording or the text empty?")
}
