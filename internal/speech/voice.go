package speech

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// Times in seconds around the speech. A greeting has to come at once, so what
// silence there is before the first sound is cut; a pause stays after a sentence,
// so that sentences do not run together, but hardly any within one.
const (
	before        = "0.02"
	afterSentence = "0.25"
	afterPart     = "0.04"
)

// voice is espeak-ng's voice of a language, with a pace in words a minute that a
// caller in a noisy street can follow, and a pitch that a telephone carries well.
func voice(lang call.Language) []string {
	switch lang {
	case call.English:
		return []string{"-v", "en-gb", "-s", "155", "-p", "45"}
	case call.Vietnamese:
	}
	return []string{"-v", "vi", "-s", "150", "-p", "45"}
}

// speak plans one prompt: from the recording if there is one, else from the text.
func speak(lang call.Language, text prompt.Text, recorded string) (job, error) {
	after := afterSentence
	if text.Part {
		after = afterPart
	}
	// The level of the loudest sound is the same in all of them; what is below a
	// three-hundredth of it counts as silence.
	j := job{effects: []string{
		"channels", "1", "rate", "8000", "norm", "-3", "silence", "1", "0.02", "0.3%", "reverse", "silence", "1", "0.02", "0.3%", "reverse",
		"pad", before, after,
	}}
	data, err := os.ReadFile(recorded)
	switch {
	case err == nil:
		j.fingerprint = fingerprint(string(data), j.effects)
		j.make = func(context.Context, string) (string, error) { return recorded, nil }
		return j, nil
	case !errors.Is(err, os.ErrNotExist):
		return job{}, err
	}
	if text.Language != "" {
		lang = text.Language
	}
	args := append(voice(lang), "-w")
	j.spoken = true
	j.fingerprint = fingerprint(text.Text, args, j.effects)
	j.make = func(ctx context.Context, raw string) (string, error) {
		// The dashes keep a text that begins with one from being taken for an option.
		return raw, command(ctx, "espeak-ng", append(args[:len(args):len(args)], raw, "--", text.Text)...)
	}
	return j, nil
}

// fingerprint changes whenever the sound would.
func fingerprint(source string, how ...[]string) string {
	sum := sha256.New()
	for _, list := range how {
		fmt.Fprintf(sum, "%s\n", strings.Join(list, " "))
	}
	fmt.Fprint(sum, source)
	return hex.EncodeToString(sum.Sum(nil))
}
