package sheet_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency/sheet"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

func at(second int) time.Time { return time.Date(2027, 3, 1, 9, 0, second, 0, time.UTC) }

// fire is a sheet that has everything.
func fire() sheet.Sheet {
	return sheet.Sheet{
		Call: "bd1-1803891600.12", Ticket: "270600018", Service: sheet.Service{Key: call.Fire, Vi: "Chữa cháy, cứu nạn", En: "Fire and rescue"},
		Agency: sheet.Agency{Host: "tongdai1022.example.vn", Name: "Tổng đài 1022"},
		Agent:  sheet.Agent{ID: "lan.nguyen", Name: "Nguyễn Thị Lan"},
		Caller: "+84908123456", Name: "Trần Văn A", Callback: "+84274382211",
		Place: sheet.Place{
			Said: "đối diện chợ <cũ>", Province: "Bình Dương", Commune: "Phú Cường", Road: "Đại lộ Bình Dương", House: "12", Landmark: "Chợ Thủ Dầu Một",
			Located: true, Lat: 10.980412, Lon: 106.651803, Accuracy: 24.6, Source: sheet.Browser, At: at(5),
		},
		Category: sheet.Category{Vi: "Cháy nhà", En: "House on fire"},
		Notes:    []sheet.Note{{At: at(30), Agent: "lan.nguyen", Text: "2 người trên tầng 3 & khói <đen>"}},
		Media:    []sheet.Media{{What: "photo", URL: "https://tongdai1022.example.vn/m/abc"}},
		Timeline: []sheet.Entry{{At: at(0), Vi: "Gọi đến", En: "Called"}, {At: at(12), Vi: "114 nhấc máy", En: "114 answered"}},
		Arrived:  at(0), Answered: at(8), Updated: at(40),
	}
}

func TestASheetWithEverything(t *testing.T) {
	t.Parallel()
	text, err := fire().EIDO()
	require.NoError(t, err)
	golden(t, "fire.eido.json", text)
	place, ok, err := fire().PIDFLO()
	require.NoError(t, err)
	require.True(t, ok)
	golden(t, "fire.pidf.xml", place)
}

func TestASheetWithNothingYet(t *testing.T) {
	t.Parallel()
	s := sheet.Sheet{
		Call: "bd1-1803891600.12", Service: sheet.Service{Key: call.Ambulance, Vi: "Cấp cứu"}, Agency: sheet.Agency{Host: "h.vn"},
		Arrived: at(0), Updated: at(0),
	}
	text, err := s.EIDO()
	require.NoError(t, err)
	golden(t, "nothing.eido.json", text)
	_, ok, err := s.PIDFLO()
	require.NoError(t, err)
	require.False(t, ok)
}

// Every $ref of the document points at an $id in it, and no id is given twice.
func TestReferencesPointAtWhatIsThere(t *testing.T) {
	t.Parallel()
	for _, s := range []sheet.Sheet{fire(), {Call: "t1-1.1", Agency: sheet.Agency{Host: "h"}}} {
		text, err := s.EIDO()
		require.NoError(t, err)
		var doc any
		require.NoError(t, json.Unmarshal(text, &doc))
		ids, refs := map[string]int{}, map[string]bool{}
		walk(doc, ids, refs)
		for ref := range refs {
			require.Contains(t, ids, ref)
		}
		for id, times := range ids {
			require.Equal(t, 1, times, id)
		}
	}
}

func walk(v any, ids map[string]int, refs map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		if id, ok := v["$id"].(string); ok {
			ids[id]++
		}
		if ref, ok := v["$ref"].(string); ok {
			refs[ref] = true
		}
		for _, below := range v {
			walk(below, ids, refs)
		}
	case []any:
		for _, below := range v {
			walk(below, ids, refs)
		}
	}
}

func TestAPlaceIsWellFormedWhateverWasSaid(t *testing.T) {
	t.Parallel()
	s := fire()
	s.Place.Accuracy, s.Place.Said = 0, "]]> & <x y='\x01'>"
	text, _, err := s.PIDFLO()
	require.NoError(t, err)
	require.Contains(t, string(text), "<gml:Point", "how exact it is, is not known")
	d := xml.NewDecoder(strings.NewReader(string(text)))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
}

func TestALinkOpensForItsTokenUntilItExpires(t *testing.T) {
	t.Parallel()
	l, token := sheet.NewLink("t1-1.1", call.Fire, at(0), time.Minute)
	_, other := sheet.NewLink("t1-1.1", call.Fire, at(0), time.Minute)
	require.GreaterOrEqual(t, len(token), 26)
	require.NotEqual(t, token, other)
	require.True(t, l.Opens(token, at(59)))
	require.True(t, l.Opens(" "+strings.ToUpper(token)+"\n", at(59)), "read out, typed or copied")
	require.False(t, l.Opens(other, at(1)))
	require.False(t, l.Opens("", at(1)))
	require.False(t, l.Opens(token, at(60)))

	require.False(t, l.Overdue(at(29), 30*time.Second))
	require.True(t, l.Overdue(at(30), 30*time.Second))
	require.True(t, l.Acknowledge(at(31)))
	require.False(t, l.Acknowledge(at(32)), "pressed twice")
	require.Equal(t, at(31), l.Acknowledged)
	require.False(t, l.Overdue(at(40), 30*time.Second))
}
