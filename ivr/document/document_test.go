package document_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/ivr/document"
)

func TestSuggest(t *testing.T) {
	t.Parallel()
	known := []string{"start", "nodes", "notices", "wait"}
	for word, want := range map[string]string{
		"satrt":  `did you mean "start"?`,
		"Start":  `did you mean "start"?`,
		"notice": `did you mean "notices"?`,
		"wiat":   `did you mean "wait"?`,
		"xyzzy":  `known are nodes, notices, start, wait`,
		"":       `known are nodes, notices, start, wait`,
	} {
		require.Equal(t, want, document.Suggest(word, known), word)
	}
	require.Equal(t, "remove it", document.Suggest("x", nil))
	many := []string{"a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1", "i1", "j1", "k1", "l1", "m1"}
	require.Equal(t, "known are a1, b1, c1, d1, e1, f1, g1, h1, i1, j1, k1, l1 and others", document.Suggest("something", many))
	require.Equal(t, `did you mean "lẻ"?`, document.Suggest("lẽ", []string{"lẻ"}), "letters count, not bytes")
}

func TestProblemsAreTextForPeople(t *testing.T) {
	t.Parallel()
	require.Equal(t, "f.yaml:3: it is wrong; mend it", document.Problem{File: "f.yaml", Line: 3, What: "it is wrong", Do: "mend it"}.String())
	require.Equal(t, "f.yaml: it is wrong", document.Problem{File: "f.yaml", What: "it is wrong"}.String())
	c := document.NewChecker("f.yaml")
	require.NoError(t, c.Err())
	c.Addf(9, "second; do %s", "that")
	c.Addf(2, "first")
	c.Addf(9, "second; do that")
	require.EqualError(t, c.Err(), "f.yaml:2: first\nf.yaml:9: second; do that", "in order, each once")
}

func TestValuesAreCheckedWhereTheyStand(t *testing.T) {
	t.Parallel()
	c := document.NewChecker("f.yaml")
	m := c.Root([]byte("name: x\ncount: 7\nwait: 90s\nlist: [a, ~, {b: c}]\none: a\nempty:\nsub: text\nalias: &d 5\nsame: *d\n"))
	require.Equal(t, document.Text{Value: "x", Line: 1}, m.Single("name"))
	require.Equal(t, 7, m.Int("count", 1, 1, 9))
	require.Equal(t, 1, m.Int("missing", 1, 1, 9))
	require.Equal(t, 3, m.Int("count", 3, 1, 5))
	require.Equal(t, time.Second, m.Duration("wait", time.Second, 0, time.Minute))
	require.Len(t, m.Strings("list"), 1)
	require.Equal(t, []document.Text{{Value: "a", Line: 5}}, m.Strings("one"))
	require.Empty(t, m.Single("empty").Value)
	require.Nil(t, m.Map("sub", "sub"))
	require.Nil(t, m.Map("missing", "missing"))
	require.Equal(t, 5, m.Int("same", 0, 0, 9))
	require.Equal(t, 1, m.LineOf("missing"))
	require.Len(t, m.Entries(), 9)
	err := c.Err()
	for _, want := range []string{
		`f.yaml:2: "count" in the file is "7"; write a whole number from 1 to 5`,
		`f.yaml:3: "wait" in the file is "90s"; write a time from 0s to 1m0s, such as 4s`,
		`f.yaml:4: an item of "list" in the file is empty; write one word`,
		`f.yaml:4: an item of "list" in the file is a mapping; write one word`,
		`f.yaml:6: "empty" in the file is empty; write a word`,
		`f.yaml:7: sub is a single value but must be`,
	} {
		require.ErrorContains(t, err, want)
	}
}

func TestANilMappingIsEmpty(t *testing.T) {
	t.Parallel()
	var m *document.Mapping
	require.Empty(t, m.Entries())
	require.False(t, m.Has("a"))
	require.Empty(t, m.Single("a").Value)
	require.Empty(t, m.Strings("a"))
	require.Nil(t, m.Map("a", "a"))
	require.Zero(t, m.LineOf("a"))
}
