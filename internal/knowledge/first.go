package knowledge

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"hotline1022/internal/call"
)

//go:embed articles/*.txt
var first embed.FS

// First are the articles that a new hotline begins with. Each is a file whose name is
// the article's id; the first line is the field, the second the title, and the text
// comes after an empty line.
func First() ([]Article, error) {
	names, err := fs.Glob(first, "articles/*.txt")
	if err != nil {
		return nil, fmt.Errorf("reading the first articles: %w", err)
	}
	articles := make([]Article, len(names))
	for i, name := range names {
		text, err := first.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading the first articles: %w", err)
		}
		head, body, ok := strings.Cut(string(text), "\n\n")
		field, title, both := strings.Cut(head, "\n")
		if !ok || !both {
			return nil, fmt.Errorf("the article %s has no field, title and text", name)
		}
		articles[i] = Article{
			ID: strings.TrimSuffix(path.Base(name), ".txt"), Title: title, Body: strings.TrimSpace(body), Group: call.Procedure, Field: field,
			Status: Published, By: "1022",
		}
	}
	return articles, nil
}
