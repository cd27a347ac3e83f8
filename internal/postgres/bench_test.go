package postgres_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// BenchmarkAppend ships conversations in batches as the journal does after an outage
// (500) and in the quiet of the day (3), and tells how many events a second are kept.
func BenchmarkAppend(b *testing.B) {
	for _, size := range []int{3, 50, 500} {
		b.Run(fmt.Sprintf("batch=%d", size), func(b *testing.B) {
			db, _ := open(b)
			events := day(b.N*size/13 + 1)
			b.ResetTimer()
			for i := range b.N {
				require.NoError(b, db.Append(b.Context(), events[i*size:(i+1)*size]))
			}
			b.ReportMetric(float64(b.N*size)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// day is that many conversations, a few at a time.
func day(calls int) []call.Event {
	const together = 8
	w := writer{node: "t1"}
	var events []call.Event
	for first := 0; first < calls+together; first += together {
		for fact := range 13 {
			for i := first; i < first+together; i++ {
				code, caller := fmt.Sprintf("26328%05d", i), fmt.Sprintf("+8490%07d", i%5000)
				events = append(events, w.write(call.ID(fmt.Sprintf("t1-%d.1", i)), conversation(code, caller, "Đèn đường hỏng trước số nhà 12")[fact])...)
			}
		}
	}
	return events
}

// BenchmarkSearch looks for tickets among half a million, a year of the hotline's.
func BenchmarkSearch(b *testing.B) {
	db, url := open(b)
	exec(b, url, `INSERT INTO call (id, caller, dialed, language, stage, queue, agent, arrived_at, ended_at, talked_ms, result, ended_by, ended_stage)
		SELECT 't1-'||i||'.1', '+8490'||lpad((i::bigint*7919%100000)::text, 7, '0'), '1022', 'vi', 'ended', 'field', 'lan', '2026-01-01'::timestamptz + i*interval '1 minute',
			'2026-01-01'::timestamptz + i*interval '1 minute', 0, 'served', 'citizen', 'talking' FROM generate_series(1, 500000) i`)
	exec(b, url, `INSERT INTO ticket (code, call, channel, opened_at, group_, field, service, status, note, search)
		SELECT lpad(i::text, 10, '0'), 't1-'||i||'.1', 'phone', '2026-01-01'::timestamptz + i*interval '1 minute', 'field', 'traffic', '',
			CASE WHEN i%50 = 0 THEN 'missed' ELSE 'answered' END, '',
			lpad(i::text, 10, '0')||' +8490'||lpad((i::bigint*7919%100000)::text, 7, '0')||' duong '||md5((i%20000)::text)||' phuong '||(i%90)||' nguyen thi lan'
		FROM generate_series(1, 500000) i`)
	exec(b, url, "VACUUM ANALYZE")
	for name, f := range map[string]ticket.Filter{
		"newest": {}, "missed": {Status: ticket.Missed}, "no such group": {Group: call.Emergency}, "code": {Search: "0000123456"}, "number": {Search: "0908 123"},
		"rare word": {Search: "c4ca4238"}, "common words": {Search: "Nguyễn Thị Lan"}, "rare and common": {Search: "nguyen thi lan c4ca4238 duong"},
		"not there": {Search: "zzzzz"}, "two letters": {Search: "zz"}, "caller": {Caller: "+84900012345"},
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				_, err := db.Tickets(b.Context(), f, nil)
				require.NoError(b, err)
			}
		})
	}
}
