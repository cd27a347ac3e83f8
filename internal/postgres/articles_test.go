package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/knowledge"
	"hotline1022/internal/postgres"
)

func TestArticlesAreFoundWithoutDiacriticsTheNearestFirst(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	none, err := db.NoArticles(ctx)
	require.NoError(t, err)
	require.True(t, none)
	article := func(id, title, body string, group call.Group, field string, status knowledge.Status) knowledge.Article {
		return knowledge.Article{ID: id, Title: title, Body: body, Group: group, Field: field, Status: status, By: "lan", At: at}
	}
	require.NoError(t, db.AddArticle(ctx,
		article("a", "Đăng ký khai sinh", "Nộp tại Ủy ban nhân dân cấp xã. 100% trực tuyến.", call.Procedure, "guidance", knowledge.Published),
		article("b", "Thẻ bảo hiểm y tế", "Làm cùng khai sinh cho trẻ dưới 6 tuổi.", call.Procedure, "regulation", knowledge.Published),
		article("c", "Đèn đường hỏng", "Ghi số trụ. Xã, phường báo; số người biết.", call.Field, "traffic", knowledge.Published),
		article("d", "Khai sinh quá hạn", "Bản thảo.", call.Procedure, "guidance", knowledge.Draft),
	))
	require.Error(t, db.AddArticle(ctx, article("a", "x", "y", call.Field, "", knowledge.Draft)), "an id is there once")
	for name, tt := range map[string]struct {
		f    knowledge.Filter
		want []string
	}{
		"title first":             {knowledge.Filter{Search: "KHAI sinh", Status: knowledge.Published}, []string{"a", "b"}},
		"drafts too":              {knowledge.Filter{Search: "khai sinh"}, []string{"a", "d", "b"}},
		"words in any order":      {knowledge.Filter{Search: "xa uy ban"}, []string{"a"}},
		"side by side first":      {knowledge.Filter{Search: "so nguoi", Status: knowledge.Published}, []string{"c"}},
		"signs mean themselves":   {knowledge.Filter{Search: "100%"}, []string{"a"}},
		"nothing":                 {knowledge.Filter{Search: "karaoke"}, []string{}},
		"of the call's field":     {knowledge.Filter{Near: call.Topic{Group: call.Field, Field: "traffic"}, Status: knowledge.Published}, []string{"c", "a", "b"}},
		"of a group":              {knowledge.Filter{Group: call.Field}, []string{"c"}},
		"near, but what is asked": {knowledge.Filter{Search: "khai sinh", Near: call.Topic{Group: call.Procedure, Field: "regulation"}, Status: knowledge.Published}, []string{"a", "b"}},
	} {
		found, err := db.Articles(ctx, tt.f)
		require.NoError(t, err, name)
		ids := []string{}
		for _, a := range found {
			ids = append(ids, a.ID)
		}
		require.Equal(t, tt.want, ids, name)
	}
	none, err = db.NoArticles(ctx)
	require.NoError(t, err)
	require.False(t, none)
}

func TestAnArticleKeepsAllOfItsVersions(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	a := knowledge.Article{ID: "a", Title: "Khai tử", Body: "Một", Group: call.Procedure, Status: knowledge.Draft, By: "lan", At: at}
	require.NoError(t, db.AddArticle(ctx, a))
	a.Version, a.Body, a.Status, a.By = 1, "Hai", knowledge.Published, "hung"
	require.NoError(t, db.ChangeArticle(ctx, a))
	require.ErrorIs(t, db.ChangeArticle(ctx, a), knowledge.ErrChanged, "two editors have the same version open")
	stands, err := db.Article(ctx, "a")
	require.NoError(t, err)
	require.Equal(t, 2, stands.Version)
	require.Equal(t, "Trần Văn Hùng", stands.ByName)
	versions, err := db.ArticleVersions(ctx, "a")
	require.NoError(t, err)
	require.Equal(t, []string{"Hai", "Một"}, []string{versions[0].Body, versions[1].Body})

	a.ID = "nothing"
	require.ErrorIs(t, db.ChangeArticle(ctx, a), postgres.ErrNotFound)
	for _, id := range []string{"nothing", ""} {
		_, err = db.Article(ctx, id)
		require.ErrorIs(t, err, postgres.ErrNotFound)
		_, err = db.ArticleVersions(ctx, id)
		require.ErrorIs(t, err, postgres.ErrNotFound)
	}
}
