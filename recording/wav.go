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

// sides are the open files of a part.
type sides struct{ left, right mono }

func openSides(p part) (sides, error) {
	left, err := openMono(p.citizen)
	if err != nil {
		return sides{}, err
	}
	right, err := openMono(p.agent)
	if err != nil {
		return sides{}, errors.Join(err, left.Close())
	}
	return sides{left, right}, nil
}

func (s sides) close() {
	s.left.Close()  //nolint:errcheck // only read
	s.right.Close() //nolint:errcheck // only read
}

// frames is how long the longer one is, in samples.
func (s sides) frames() int64 { return max(s.left.samples, s.right.samples) }

// writeStereo interleaves two sounds, part after part; the shorter one of each is
// followed by silence. It holds a fraction of a second of them at a time.
func writeStereo(w io.Writer, parts []sides) error {
	var frames int64
	for _, p := range parts {
		frames += p.frames()
	}
	if _, err := w.Write(header(2, frames)); err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 4*some*2*sampleSize)
	for _, p := range parts {
		if err := interleave(out, p.left, p.right, p.frames()); err != nil {
			return err
		}
	}
	return out.Flush()
}

// some is how many samples are held at a time.
const some = 4096

func interleave(out io.Writer, left, right mono, frames int64) error {
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
	return nil
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

// writeMono copies one sound.
func writeMono(w io.Writer, m mono) error {
	if _, err := w.Write(header(1, m.samples)); err != nil {
		return err
	}
	_, err := io.CopyN(w, m.sound, m.samples*sampleSize)
	return err
}

// header is 44 bytes (RIFF, "Multimedia Programming Interface" 1.0, WAVE).
func header(channels uint16, frames int64) []byte {
	const width = sampleSize
	size := uint32(frames) * uint32(channels) * width //nolint:gosec // 4 GiB are 37 hours
	h := append([]byte("RIFF"), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(h[4:], headerSize-8+size)
	h = append(h, "WAVEfmt "...)
	h = binary.LittleEndian.AppendUint32(h, 16)
	h = binary.LittleEndian.AppendUint16(h, 1) // PCM
	h = binary.LittleEndian.AppendUint16(h, channels)
	h = binary.LittleEndian.AppendUint32(h, sampleRate)
	h = binary.LittleEndian.AppendUint32(h, sampleRate*uint32(channels)*width)
	h = binary.LittleEndian.AppendUint16(h, channels*width)
	h = binary.LittleEndian.AppendUint16(h, 8*width)
	h = append(h, "data"...)
	return binary.LittleEndian.AppendUint32(h, size)
}
