package recording

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// sampleRate is a telephone's, in samples a second; samples are 16 bit.
const (
	sampleRate = 8000
	headerSize = 44 // of RIFF's shortest WAV header
)

// mono is an open sound file, positioned at its first sample.
type mono struct {
	*os.File
	samples int
}

// openMono reads the header. A file whose writer was killed says 0 bytes of sound in
// its header, so the size of the file is what counts.
func openMono(path string) (mono, error) {
	f, err := os.Open(path)
	if err != nil {
		return mono{}, err
	}
	header := make([]byte, headerSize)
	n, err := io.ReadFull(f, header)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return mono{File: f}, nil // created, and never written to
	}
	if err == nil && (n < headerSize || string(header[:4]) != "RIFF" || string(header[8:12]) != "WAVE") {
		err = errors.New("not a WAV file")
	}
	if err == nil && (binary.LittleEndian.Uint16(header[22:]) != 1 || binary.LittleEndian.Uint32(header[24:]) != sampleRate) {
		err = errors.New("not mono at 8 kHz")
	}
	var info os.FileInfo
	if err == nil {
		info, err = f.Stat()
	}
	if err != nil {
		f.Close() //nolint:errcheck // only read
		return mono{}, fmt.Errorf("%s: %w", path, err)
	}
	return mono{File: f, samples: int(info.Size()-headerSize) / 2}, nil
}

// writeStereo interleaves two files; the shorter one is followed by silence.
func writeStereo(w io.Writer, left, right mono, frames int) error {
	out := bufio.NewWriterSize(w, 1<<16)
	if _, err := out.Write(stereoHeader(frames)); err != nil {
		return err
	}
	l, r := bufio.NewReaderSize(left, 1<<15), bufio.NewReaderSize(right, 1<<15)
	frame := make([]byte, 4)
	for range frames {
		if err := sample(l, frame[:2]); err != nil {
			return err
		}
		if err := sample(r, frame[2:]); err != nil {
			return err
		}
		if _, err := out.Write(frame); err != nil {
			return err
		}
	}
	return out.Flush()
}

// sample reads one, silence after the end.
func sample(r *bufio.Reader, into []byte) error {
	_, err := io.ReadFull(r, into)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		into[0], into[1] = 0, 0
		return nil
	}
	return err
}

func stereoHeader(frames int) []byte {
	const channels, width = 2, 2
	size := uint32(frames * channels * width)
	h := append([]byte("RIFF"), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(h[4:], headerSize-8+size)
	h = append(h, "WAVEfmt "...)
	h = binary.LittleEndian.AppendUint32(h, 16)
	h = binary.LittleEndian.AppendUint16(h, 1) // PCM
	h = binary.LittleEndian.AppendUint16(h, channels)
	h = binary.LittleEndian.AppendUint32(h, sampleRate)
	h = binary.LittleEndian.AppendUint32(h, sampleRate*channels*width)
	h = binary.LittleEndian.AppendUint16(h, channels*width)
	h = binary.LittleEndian.AppendUint16(h, 8*width)
	h = append(h, "data"...)
	return binary.LittleEndian.AppendUint32(h, size)
}
