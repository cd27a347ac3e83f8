package sheet_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/internal/emergency/sheet"
	"hotline1022/internal/ticket"
)

func newBook() *sheet.Book {
	return sheet.NewBook(func() sheet.Names {
		return sheet.Names{
			Names:  ticket.Names{Agent: func(call.AgentID) string { return "Nguyễn Thị Lan" }},
			Agency: sheet.Agency{Host: "h.vn"}, Plan: emergency.Plan{Services: []emergency.Service{{Key: call.Fire, Vi: "Chữa cháy", En: "Fire"}}},
		}
	})
}

// events are of one call, a second apart.
func events(facts ...call.Fact) (list []call.Event) {
	for i, f := range facts {
		list = append(list, call.Event{At: at(i), Call: "t1-1.1", Fact: f})
	}
	return list
}

func TestASheetIsAFoldOfTheCall(t *testing.T) {
	t.Parallel()
	b := newBook()
	linked, token := sheet.Issue(call.Fire, "t1-1.1", at(6))
	b.Apply(events(
		call.Arrived{Ticket: "270600018", Caller: "+84908123456", Dialed: "1022"}, call.HandoverBegan{Service: call.Fire}, call.Connected{Agent: "lan"},
		call.PlaceTold{Said: "chợ Thủ", Located: true, Lat: 10.98, Lon: 106.65, Source: "browser"},
		call.CaseNoted{Agent: "lan", Name: "Trần A", Category: "Cháy nhà", Note: "2 người trên tầng 3"}, call.CaseNoted{Agent: "lan", Note: "có trẻ em"},
		linked,
	)...)
	s, link, ok := b.Open(token, at(10))
	require.True(t, ok)
	require.Equal(t, call.Fire, link.Service)
	require.Equal(t, "Chữa cháy", s.Service.Vi)
	require.Equal(t, []string{"270600018", "+84908123456", "Trần A", "Cháy nhà", "chợ Thủ"}, []string{s.Ticket, s.Caller, s.Name, s.Category.Vi, s.Place.Said})
	require.Len(t, s.Notes, 2)
	require.Equal(t, sheet.Agent{ID: "lan", Name: "Nguyễn Thị Lan"}, s.Agent)
	require.Equal(t, at(2), s.Answered)
	require.Len(t, s.Timeline, 6, "of the link itself nothing is told")

	_, _, ok = b.Open("x"+token, at(10))
	require.False(t, ok)
	_, _, ok = b.Open(token, at(6).Add(sheet.Lasts))
	require.False(t, ok, "expired")

	require.Len(t, b.Overdue(at(66), time.Minute), 1)
	b.Apply(call.Event{At: at(70), Call: "t1-1.1", Fact: call.SheetAcknowledged{Service: call.Fire}})
	require.Empty(t, b.Overdue(at(99), time.Minute))
	_, link, _ = b.Open(token, at(71))
	require.Equal(t, at(70), link.Acknowledged)
}

func TestTheBookKeepsEmergenciesForADayAndNothingElse(t *testing.T) {
	t.Parallel()
	b := newBook()
	linked, token := sheet.Issue(call.Fire, "t1-1.1", at(3))
	b.Apply(events(call.Arrived{Ticket: "1"}, call.HandoverBegan{Service: call.Fire}, call.Finished{}, linked)...)
	_, _, ok := b.Open(token, at(4))
	require.True(t, ok, "the call has ended, the sheet is there")
	b.Apply(call.Event{At: at(3).Add(25 * time.Hour), Call: "t1-2.1", Fact: call.Arrived{Ticket: "2"}})
	require.Empty(t, b.Overdue(at(3).Add(23*time.Hour), time.Minute), "forgotten")

	linked, token = sheet.Issue(call.Fire, "t1-2.1", at(9))
	b.Apply(
		call.Event{At: at(5), Call: "t1-2.1", Fact: call.Finished{}},
		call.Event{At: at(6), Call: "t1-2.1", Fact: call.Recorded{}},
		call.Event{At: at(9), Call: "t1-2.1", Fact: linked},
	)
	s, _, ok := b.Open(token, at(10))
	require.True(t, ok)
	require.Empty(t, s.Ticket, "an ordinary call was forgotten at its end")
}
