package recording

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// sampleRate is a telephone's, in samples a second; samples are 16 bit.
const (
	sampleRate = 8000
	sampleSize = 2
	headerSize = 44 // of RIFF's shortest WAV header, which we write
)

// mono is the sound of an open file.
type mono struct {
	sound   io.Reader
	samples int64
	closed  bool // the writer has finished it: its header has the length
	file    *os.File
}

// Close lets the file go.
func (m mono) Close() error {
	if m.file == nil {
		return nil
	}
	return m.file.Close()
}

// then is one sound after the other; of the two files the second one is the mono's.
func (m mono) then(next mono) mono {
	if m.samples == 0 {
		return next
	}
	parts := []io.Reader{io.LimitReader(m.sound, m.samples*sampleSize)}
	if next.sound != nil {
		parts = append(parts, next.sound)
	}
	return mono{sound: io.MultiReader(parts...), samples: m.samples + next.samples, closed: m.closed && next.closed, file: next.file}
}

// silent is as long as the sound, and without any.
func (m mono) silent() mono { return mono{sound: silence{}, samples: m.samples, closed: true} }

type silence struct{}

func (silence) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// errFormat says that a file is not what MixMonitor writes.
var errFormat = errors.New("not a WAV file of one channel at 8 kHz with 16 bits")

// openMono opens a file at its first sample. A file whose writer was killed says in
// its header that it holds nothing, so then the size of the file counts. A missing or
// empty file is one without sound.
func openMono(path string) (mono, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return mono{closed: true}, nil
	}
	if err != nil {
		return mono{}, err
	}
	m, err := readHeader(f)
	if err != nil {
		return mono{}, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	return m, nil
}

func readHeader(f *os.File) (mono, error) {
	info, err := f.Stat()
	if err != nil {
		return mono{}, err
	}
	if info.Size() < headerSize { // not even its header has reached the disk
		return mono{file: f}, nil
	}
	var riff [12]byte
	if _, err := io.ReadFull(f, riff[:]); err != nil {
		return mono{}, err
	}
	if string(riff[:4]) != "RIFF" || string(riff[8:]) != "WAVE" {
		return mono{}, errFormat
	}
	offset, described := int64(len(riff)), false
	for {
		var chunk [8]byte
		if _, err := f.ReadAt(chunk[:], offset); err != nil {
			return mono{}, errFormat
		}
		offset += int64(len(chunk))
		length := int64(binary.LittleEndian.Uint32(chunk[4:]))
		switch string(chunk[:4]) {
		case "fmt ":
			if err := checkFormat(f, offset); err != nil {
				return mono{}, err
			}
			described = true
		case "data":
			if !described {
				return mono{}, errFormat
			}
			return soundOf(f, offset, length, info.Size()-offset)
		}
		offset += length + length%2 // chunks begin at even places
	}
}

func checkFormat(f *os.File, offset int64) error {
	var b [16]byte
	if _, err := f.ReadAt(b[:], offset); err != nil {
		return errFormat
	}
	pcm, channels := binary.LittleEndian.Uint16(b[0:]), binary.LittleEndian.Uint16(b[2:])
	rate, bits := binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint16(b[14:])
	if pcm != 1 || channels != 1 || rate != sampleRate || bits != 8*sampleSize {
		return errFormat
	}
	return nil
}

// soundOf takes the length from the header when it is one, and from the file when the
// header says nothing or more than there is.
func soundOf(f *os.File, offset, said, there int64) (mono, error) {
	length := said
	if said == 0 || said > there {
		length = there
	}
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return mono{}, err
	}
	return mono{sound: io.LimitReader(f, length), samples: length / sampleSize, closed: said > 0 && said <= there, file: f}, nil
}

// writeStereo interleaves two sounds; the shorter one is followed by silence. It holds
// a fraction of a second of them at a time.
func writeStereo(w io.Writer, left, right mono) error {
	frames := max(left.samples, right.samples)
	if _, err := w.Write(stereoHeader(frames)); err != nil {
		return err
	}
	const some = 4096
	out := bufio.NewWriterSize(w, 4*some*2*sampleSize)
	var l, r [some * sampleSize]byte
	var both [some * 2 * sampleSize]byte
	for frames > 0 {
		n := int(min(frames, some))
		if err := errors.Join(fill(left, l[:n*sampleSize]), fill(right, r[:n*sampleSize])); err != nil {
			return err
		}
		for i := range n {
			copy(both[4*i:], l[2*i:2*i+2])
			copy(both[4*i+2:], r[2*i:2*i+2])
		}
		if _, err := out.Write(both[:4*n]); err != nil {
			return err
		}
		frames -= int64(n)
	}
	return out.Flush()
}

// fill reads into the whole of buf, silence after the end.
func fill(m mono, buf []byte) error {
	n := 0
	if m.sound != nil {
		var err error
		n, err = io.ReadFull(m.sound, buf)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
	}
	clear(buf[n-n%sampleSize:]) // half a sample is none
	return nil
}

// stereoHeader is 44 bytes (RIFF, "Multimedia Programming Interface" 1.0, WAVE).
func stereoHeader(frames int64) []byte {
	const channels, width = 2, sampleSize
	size := uint32(frames * channels * width) //nolint:gosec // 4 GiB are 37 hours
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
