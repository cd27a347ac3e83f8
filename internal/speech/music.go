package speech

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// bars are the hold music: a low string and four higher ones in each, of a scale
// without half-tones, so that nothing grates on the tenth hearing. The last one
// leads back to the first.
func bars() []string {
	return []string{
		"G2 D4 G4 B4 D5", "E2 B3 E4 G4 B4", "C3 G3 C4 E4 G4", "D3 A3 D4 E4 A4",
		"G2 B3 D4 E4 G4", "A2 C4 E4 A4 G4", "D3 A3 D4 A4 E4", "G2 D4 B3 D4 G3",
	}
}

// music plans the hold music: plucked strings, soft and without high tones, about
// 25 dB below full scale, 36 s that fade out before they begin again.
func music(outDir string) job {
	how := []string{
		"delay", "0", "0.02", "0.9", "1.8", "2.7", "remix", "1v0.3,2v0.22,3v0.2,4v0.18,5v0.18", "fade", "t", "0.005", "4.5", "0.4",
	}
	j := job{
		name:    "moh/hold",
		out:     filepath.Join(outDir, "moh", "hold.wav"),
		effects: []string{"reverb", "40", "lowpass", "2800", "fade", "t", "0", "36", "1.5", "gain", "-n", "-8"},
	}
	j.fingerprint = fingerprint(strings.Join(bars(), ", "), how, j.effects)
	j.make = func(ctx context.Context, raw string) (string, error) {
		var parts []string
		for i, bar := range bars() {
			part := fmt.Sprintf("%s.%d.wav", raw, i)
			args := []string{"-V1", "-n", "-r", "8000", "-c", "1", "-b", "16", part, "synth", "4.5"}
			for note := range strings.FieldsSeq(bar) {
				args = append(args, "pluck", note)
			}
			if err := command(ctx, "sox", append(args, how...)...); err != nil {
				return "", err
			}
			parts = append(parts, part)
		}
		return raw, command(ctx, "sox", append(parts, raw)...)
	}
	return j
}
