package knowledge_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/knowledge"
)

func TestTheFirstArticlesStandBesideTheShippedFields(t *testing.T) {
	t.Parallel()
	c, err := config.Load("../../configs")
	require.NoError(t, err)
	first, err := knowledge.First()
	require.NoError(t, err)
	files, err := os.ReadDir("articles")
	require.NoError(t, err)
	require.Len(t, first, len(files))
	require.GreaterOrEqual(t, len(first), 10)
	for _, a := range first {
		require.NoError(t, a.Check(c.Fields), a.ID)
		require.Equal(t, knowledge.Published, a.Status)
		require.Contains(t, a.Body, "\nCăn cứ: ", "%s says what it is based on", a.ID)
		require.Contains(t, a.Text(), "giay to", a.ID)
	}
}

func TestAnArticleIsChecked(t *testing.T) {
	t.Parallel()
	good := knowledge.Article{Title: "Đổi đất", Body: "Đường số 5", Group: call.Procedure, Status: knowledge.Draft}
	require.NoError(t, good.Check(nil))
	require.Equal(t, "doi dat", good.Heading())
	require.Equal(t, "doi dat\nduong so 5", good.Text())
	for want, change := range map[error]func(*knowledge.Article){
		knowledge.ErrTitle:  func(a *knowledge.Article) { a.Title = strings.Repeat("đ", 201) },
		knowledge.ErrBody:   func(a *knowledge.Article) { a.Body = " \n" },
		knowledge.ErrTopic:  func(a *knowledge.Article) { a.Field = "nothing" },
		knowledge.ErrStatus: func(a *knowledge.Article) { a.Status = "" },
	} {
		a := good
		change(&a)
		require.ErrorIs(t, a.Check(nil), want)
	}
}
