package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/ticket"
)

func TestADraftIsTheLastSaveAndGoesWithItsForm(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	save := func(seq int64, id call.ID, note string, after time.Duration) bool {
		kept, err := db.SaveDraft(ctx, ticket.Draft{Agent: "lan", Call: id, Seq: seq, SavedAt: at.Add(after), Form: []byte(`{"note":"` + note + `"}`)})
		require.NoError(t, err)
		return kept
	}
	_, err := db.Draft(ctx, "lan", at)
	require.ErrorIs(t, err, postgres.ErrNotFound)

	require.True(t, save(1, "t1-1.1", "Nắp", 0))
	require.True(t, save(3, "t1-1.1", `Nắp cống \u0000`, time.Second))
	require.False(t, save(2, "t1-1.1", "Nắp c", 2*time.Second), "an older save comes late")
	d, err := db.Draft(ctx, "lan", at.Add(time.Minute))
	require.NoError(t, err)
	require.Equal(t, call.ID("t1-1.1"), d.Call)
	require.JSONEq(t, `{"note":"Nắp cống \ufffd"}`, string(d.Form))
	_, err = db.Draft(ctx, "hung", at)
	require.ErrorIs(t, err, postgres.ErrNotFound)
	_, err = db.Draft(ctx, "lan", at.Add(ticket.DraftLasts+time.Minute))
	require.ErrorIs(t, err, postgres.ErrNotFound, "a draft of yesterday is not offered")

	require.NoError(t, db.CloseDraft(ctx, "lan", "t1-1.1", at.Add(time.Minute)))
	require.NoError(t, db.CloseDraft(ctx, "lan", "t1-1.1", at.Add(time.Minute)))
	require.False(t, save(4, "t1-1.1", "late", 2*time.Minute), "a save that comes after the form brings nothing back")
	_, err = db.Draft(ctx, "lan", at.Add(time.Minute))
	require.ErrorIs(t, err, postgres.ErrNotFound)

	require.True(t, save(1, "t1-2.1", "another call", time.Minute))
	require.NoError(t, db.CloseDraft(ctx, "lan", "t1-2.1", at.Add(2*ticket.DraftLasts)), "its own row is as old as those that are forgotten")
}

func TestATicketTellsWhoAndWhereAndHasFiles(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	facts := conversation("2632800017", "+84908123456", "Nắp cống vỡ")
	form, ok := facts[len(facts)-1].(call.WrappedUp)
	require.True(t, ok)
	form.Citizen, form.Place = "Lê Thị Ba", call.Place{Said: "Trước số 12 Yersin", Located: true, Lat: 10.9804, Lon: 106.6519}
	facts[len(facts)-1] = form
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", facts...)))
	require.NoError(t, db.Append(ctx, w.write("t1-2.1", conversation("2632800025", "+84908123456", "")...)))

	file := ticket.Attachment{ID: "f1", Name: "nắp cống.jpg", Type: "image/jpeg", Bytes: 7, SHA256: "ab", By: "lan", At: at.Truncate(time.Microsecond), Path: "2026/11/24/f1.jpg"}
	require.NoError(t, db.AddAttachment(ctx, "2632800017", file))
	require.ErrorIs(t, db.AddAttachment(ctx, "2632800033", ticket.Attachment{ID: "f2", Name: "x", Bytes: 1}), postgres.ErrNotFound)

	got, err := db.Ticket(ctx, "2632800017", ticket.Names{})
	require.NoError(t, err)
	require.Equal(t, form.Citizen, got.Citizen)
	require.Equal(t, form.Place, got.Place)
	file.ByName = "Nguyễn Thị Lan"
	require.Equal(t, []ticket.Attachment{file}, got.Attachments)

	for _, words := range []string{"le thi ba", "so 12 yersin"} {
		rows, err := db.Tickets(ctx, ticket.Filter{Search: words}, nil)
		require.NoError(t, err)
		require.Equal(t, []string{"2632800017"}, codes(rows), words)
	}
	mine, err := db.Tickets(ctx, ticket.Filter{Agent: "lan"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"2632800025", "2632800017"}, codes(mine))
	others, err := db.Tickets(ctx, ticket.Filter{Agent: "hung"}, nil)
	require.NoError(t, err)
	require.Empty(t, others)
}
