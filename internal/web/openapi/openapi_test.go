package openapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/web/openapi"
)

func TestTheDocumentIsOpenAPI(t *testing.T) {
	t.Parallel()
	data, err := openapi.JSON()
	require.NoError(t, err)
	require.True(t, json.Valid(data))
	document, err := openapi3.NewLoader().LoadFromData(data)
	require.NoError(t, err)
	require.NoError(t, document.Validate(t.Context()))
	require.Equal(t, "3.1.0", document.OpenAPI)
	used := string(data)
	for name := range document.Components.Schemas {
		require.Contains(t, used, `"#/components/schemas/`+name+`"`, "a shape that nothing has")
	}
}

func TestThePageHasEverythingAndNeedsNothingFromElsewhere(t *testing.T) {
	t.Parallel()
	page, err := openapi.Page()
	require.NoError(t, err)
	html := string(page)
	data, err := openapi.JSON()
	require.NoError(t, err)
	document, err := openapi3.NewLoader().LoadFromData(data)
	require.NoError(t, err)
	operations := 0
	for path, item := range document.Paths.Map() {
		for range item.Operations() {
			operations++
		}
		require.Contains(t, html, "<code>"+path+"</code>")
	}
	for name := range document.Components.Schemas {
		require.Contains(t, html, `<details id="`+name+`">`)
	}
	require.Equal(t, operations+len(document.Components.Schemas), strings.Count(html, "<details"), "each once")
	require.NotContains(t, html, "<script")
	require.NotContains(t, html, "http://")
	require.NotContains(t, html, "//cdn")
	require.Contains(t, html, "tickets: [TicketRow]")
	require.Contains(t, html, "code?: string", "what may be left out")
}
