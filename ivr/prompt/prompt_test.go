package prompt_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/ivr/document"
	"hotline1022/ivr/prompt"
)

const dir = "../../configs/prompts/"

func shipped(t *testing.T) prompt.Catalogue {
	t.Helper()
	catalogue := prompt.Catalogue{}
	for _, lang := range []call.Language{call.Vietnamese, call.English} {
		file := dir + string(lang) + ".yaml"
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, catalogue.Parse(lang, file, data))
	}
	return catalogue
}

func TestBothLanguagesHaveTheSamePrompts(t *testing.T) {
	t.Parallel()
	catalogue := shipped(t)
	require.Greater(t, len(catalogue.Keys(call.Vietnamese)), 300)
	for lang, other := range map[call.Language]call.Language{call.Vietnamese: call.English, call.English: call.Vietnamese} {
		for _, key := range catalogue.Keys(lang) {
			if !catalogue[lang][key].Part { // how numbers are put together differs
				require.True(t, catalogue.Has(other, key), "%s in %s", key, other)
			}
		}
	}
}

func TestPromptsHoldWhatASpeakerReadsAloud(t *testing.T) {
	t.Parallel()
	for lang, texts := range shipped(t) {
		for key, text := range texts {
			require.NotEmpty(t, strings.TrimSpace(text.Text))
			require.NotContains(t, text.Text, "{", "%s/%s has a place that was not filled", lang, key)
			require.False(t, strings.ContainsAny(text.Text, "0123456789*#"), "%s/%s: write %q in words", lang, key, text.Text)
			require.NotEmpty(t, text.File)
			require.Positive(t, text.Line)
		}
	}
}

func TestLanguageChoiceIsSaidInTheOtherLanguage(t *testing.T) {
	t.Parallel()
	catalogue := shipped(t)
	require.Equal(t, call.English, catalogue[call.Vietnamese]["other_language"].Language)
	require.Equal(t, call.Vietnamese, catalogue[call.English]["other_language"].Language)
	require.Empty(t, catalogue[call.Vietnamese]["greet"].Language)
}

func TestEverySubMenuNamesTheEmergencyKey(t *testing.T) {
	t.Parallel()
	catalogue := shipped(t)
	for _, key := range []string{"greet_emergency", "main_menu", "group1", "group3", "status"} {
		require.Contains(t, strings.ToLower(catalogue[call.Vietnamese][key].Text), "khẩn cấp", key)
		require.Contains(t, catalogue[call.Vietnamese][key].Text, "phím hai", key)
		require.Contains(t, catalogue[call.English][key].Text, "two", key)
	}
}

func TestParseRefusesBrokenFilesWithPlaceAndAdvice(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(dir + "vi.yaml")
	require.NoError(t, err)
	good := string(data)
	for name, tt := range map[string]struct{ old, replacement, want string }{
		"missing":             {"comfort:", "comfrt:", `the prompt "comfort" is missing`},
		"empty":               {"invalid: Phím vừa bấm không đúng. Xin chọn lại.", "invalid:", `"invalid" in the file is empty; write a word or a text`},
		"twice":               {"invalid: ", "greet: ", `"greet" stands twice in the file`},
		"no numbers":          {"numbers:", "nombers: {text: a}\nsilly:", `there is no "numbers"; write the patterns`},
		"pattern missing":     {"  wait: ", "  wiat: ", `unknown key "wiat" in numbers; did you mean "wait"?`},
		"pattern without":     {"{minutes}", "{minuets}", `the pattern "wait" does not say where the number goes; write a sentence with {minutes}`},
		"other zero":          {"zero: lẻ", "zero: rưỡi", `"rưỡi" is no word for "zero"; write lẻ or linh`},
		"made by rule":        {"goodbye: ", "pos_7: ", `the prompt "pos_7" is made by rule; remove this line`},
		"other language":      {`nine.", language: en}`, `nine.", language: eng}`, `unknown language "eng"; did you mean "en"?`},
		"no text":             {"other_language: {text: ", "other_language: {txet: ", `prompt other_language has no text`},
		"unknown key of text": {`nine.", language: en}`, `nine.", languag: en}`, `unknown key "languag" in prompt other_language; did you mean "language"?`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, good, tt.old)
			catalogue := prompt.Catalogue{}
			err := catalogue.Parse(call.Vietnamese, "vi.yaml", []byte(strings.Replace(good, tt.old, tt.replacement, 1)))
			require.ErrorContains(t, err, tt.want)
			var problems document.Problems
			require.ErrorAs(t, err, &problems)
			require.Empty(t, catalogue, "a broken file is not half taken into use")
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("numbers: {position: '{ordinal}', ahead: '{number}', wait: '{minutes}', zero: linh}\ngreet: a\nb: {text: c, language: en}\n")
	f.Add("a: &a {text: *a}\n")
	f.Fuzz(func(_ *testing.T, text string) {
		catalogue := prompt.Catalogue{}
		if err := catalogue.Parse(call.Vietnamese, "vi.yaml", []byte(text)); err == nil {
			catalogue.Say(call.Vietnamese, catalogue.Keys(call.Vietnamese))
		}
	})
}
