package prompt_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

func TestCardinalFollowsVietnameseRules(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		0: "không", 1: "một", 4: "bốn", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm",
		20: "hai mươi", 21: "hai mươi mốt", 24: "hai mươi tư", 25: "hai mươi lăm", 55: "năm mươi lăm",
		100: "một trăm", 101: "một trăm lẻ một", 105: "một trăm lẻ năm", 110: "một trăm mười",
		115: "một trăm mười lăm", 121: "một trăm hai mươi mốt", 1000: "một nghìn",
		1005: "một nghìn không trăm lẻ năm", 1015: "một nghìn không trăm mười lăm", 1022: "một nghìn không trăm hai mươi hai",
		2_000_000: "hai triệu", 1_005_000: "một triệu không trăm lẻ năm nghìn", -3: "âm ba",
	} {
		require.Equal(t, want, prompt.Cardinal(n, prompt.South), "%d", n)
	}
	require.Equal(t, "một trăm linh năm", prompt.Cardinal(105, prompt.North))
}

func TestOrdinalsAndDigits(t *testing.T) {
	t.Parallel()
	require.Equal(t, "thứ nhất", prompt.Ordinal(1, prompt.South))
	require.Equal(t, "thứ hai", prompt.Ordinal(2, prompt.South))
	require.Equal(t, "thứ tư", prompt.Ordinal(4, prompt.South))
	require.Equal(t, "thứ hai mươi mốt", prompt.Ordinal(21, prompt.South))
	require.Equal(t, "một không hai hai", prompt.Digits("1022"))
	require.Equal(t, "không chín không tám", prompt.Digits("09 08"))
}

func TestEveryPositionIsAPromptThatExists(t *testing.T) {
	t.Parallel()
	for _, lang := range []call.Language{call.Vietnamese, call.English} {
		catalogue := shipped(t)
		for n := range 120 {
			for _, key := range prompt.Position(n) {
				require.True(t, catalogue.Has(lang, key), "%s in %s", key, lang)
			}
		}
	}
	require.Equal(t, "Quý khách đang ở vị trí thứ mười lăm trong hàng chờ.", shipped(t)[call.Vietnamese]["pos_15"].Text)
}

func TestBothLanguagesHaveTheSameKeys(t *testing.T) {
	t.Parallel()
	catalogue := shipped(t)
	for key := range catalogue[call.Vietnamese] {
		require.True(t, catalogue.Has(call.English, key), key)
	}
	require.Len(t, catalogue[call.English], len(catalogue[call.Vietnamese]))
}

func TestMissingPromptIsNamed(t *testing.T) {
	t.Parallel()
	err := prompt.Catalogue{}.Parse(call.Vietnamese, "vi.yaml", []byte("greet: Xin chào\n"))
	require.ErrorContains(t, err, `the prompt "comfort" is missing`)
}

func shipped(t *testing.T) prompt.Catalogue {
	t.Helper()
	catalogue := prompt.Catalogue{}
	for _, lang := range []call.Language{call.Vietnamese, call.English} {
		file := "../../configs/prompts/" + string(lang) + ".yaml"
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, catalogue.Parse(lang, file, data))
	}
	return catalogue
}
