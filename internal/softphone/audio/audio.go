// Package audio is what a test phone needs of sound: A-law (ITU-T G.711), tones,
// finding a tone in what was heard, and WAV files. Sound is 16 bit at 8 kHz.
package audio

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
)

// Rate is a telephone's, in samples a second; Frame is what one packet carries, 20 ms.
const (
	Rate  = 8000
	Frame = Rate / 50
)

// EncodeALaw compresses samples by G.711 A-law.
func EncodeALaw(samples []int16) []byte {
	out := make([]byte, len(samples))
	for i, s := range samples {
		out[i] = encode(s)
	}
	return out
}

// DecodeALaw is the inverse of EncodeALaw, as far as A-law has one.
func DecodeALaw(data []byte) []int16 {
	out := make([]int16, len(data))
	for i, b := range data {
		out[i] = decode(b)
	}
	return out
}

func encode(sample int16) byte {
	sign := byte(0x80)
	v := int(sample) >> 3
	if v < 0 {
		sign, v = 0, -v-1
	}
	segment := 0
	for limit := 0x1F; segment < 7 && v > limit; segment++ {
		limit = limit<<1 | 1
	}
	var code byte
	if segment < 2 {
		code = byte(v>>1) & 0x0F
	} else {
		code = byte(v>>segment) & 0x0F
	}
	return (sign | byte(segment<<4) | code) ^ 0x55
}

func decode(b byte) int16 {
	b ^= 0x55
	v := int(b&0x0F)<<4 + 8
	if segment := int(b >> 4 & 7); segment > 0 {
		v = (v + 0x100) << (segment - 1)
	}
	if b&0x80 == 0 {
		v = -v
	}
	return int16(v)
}

// Tone makes a sine of that many samples, at about -10 dBFS; from continues its phase.
func Tone(hz float64, from, samples int) []int16 {
	out := make([]int16, samples)
	for i := range out {
		out[i] = int16(10000 * math.Sin(2*math.Pi*hz*float64(from+i)/Rate))
	}
	return out
}

// Share is how much of the energy is at that frequency, from 0 to 1 (Goertzel). Near
// silence has no tone.
func Share(samples []int16, hz float64) float64 {
	if len(samples) == 0 {
		return 0
	}
	w := 2 * math.Cos(2*math.Pi*hz/Rate)
	var s1, s2, energy float64
	for _, v := range samples {
		x := float64(v)
		energy += x * x
		s1, s2 = x+w*s1-s2, s1
	}
	if energy < float64(len(samples))*100*100 {
		return 0
	}
	power := s1*s1 + s2*s2 - w*s1*s2
	return 2 * power / (energy * float64(len(samples)))
}

// RMS is the loudness, from 0 to 32767.
func RMS(samples []int16) float64 {
	if len(samples) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range samples {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum / float64(len(samples)))
}

// ReadWAV reads a PCM file of 16 bit, one slice for each channel. Other rates than
// 8 kHz are refused.
func ReadWAV(data []byte) ([][]int16, error) {
	if len(data) < 12 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WAVE" {
		return nil, errors.New("not a WAV file")
	}
	channels := 0
	for rest := data[12:]; len(rest) >= 8; {
		size := int(binary.LittleEndian.Uint32(rest[4:]))
		body := rest[8:]
		if size < 0 || size > len(body) {
			size = len(body)
		}
		switch string(rest[:4]) {
		case "fmt ":
			if size < 16 || binary.LittleEndian.Uint16(body) != 1 || binary.LittleEndian.Uint16(body[14:]) != 16 {
				return nil, errors.New("a WAV file must be PCM of 16 bit; `sox in.wav -r 8000 -b 16 out.wav` makes one")
			}
			if rate := binary.LittleEndian.Uint32(body[4:]); rate != Rate {
				return nil, fmt.Errorf("a WAV file must have 8000 samples a second, not %d; `sox in.wav -r 8000 -b 16 out.wav` makes one", rate)
			}
			channels = int(binary.LittleEndian.Uint16(body[2:]))
		case "data":
			if channels == 0 {
				return nil, errors.New("a WAV file must tell its format first")
			}
			return split(body[:size], channels), nil
		}
		if size+size%2 > len(body) {
			break
		}
		rest = body[size+size%2:]
	}
	return nil, errors.New("a WAV file without sound")
}

func split(body []byte, channels int) [][]int16 {
	out := make([][]int16, channels)
	frames := len(body) / 2 / channels
	for c := range out {
		out[c] = make([]int16, frames)
		for i := range out[c] {
			out[c][i] = int16(binary.LittleEndian.Uint16(body[2*(i*channels+c):]))
		}
	}
	return out
}

// WriteWAV writes one channel.
func WriteWAV(path string, samples []int16) error {
	size := uint32(2 * len(samples))
	h := append([]byte("RIFF"), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(h[4:], 36+size)
	h = append(h, "WAVEfmt "...)
	h = binary.LittleEndian.AppendUint32(h, 16)
	h = binary.LittleEndian.AppendUint16(h, 1)
	h = binary.LittleEndian.AppendUint16(h, 1)
	h = binary.LittleEndian.AppendUint32(h, Rate)
	h = binary.LittleEndian.AppendUint32(h, 2*Rate)
	h = binary.LittleEndian.AppendUint16(h, 2)
	h = binary.LittleEndian.AppendUint16(h, 16)
	h = append(h, "data"...)
	h = binary.LittleEndian.AppendUint32(h, size)
	for _, s := range samples {
		h = binary.LittleEndian.AppendUint16(h, uint16(s))
	}
	return os.WriteFile(path, h, 0o600)
}
