package ticket

import (
	"encoding/json"
	"fmt"

	"hotline1022/internal/call"
)

// Timeline tells the events of a ticket's calls to people, in their order. What agents'
// states did meanwhile is not part of it.
func Timeline(events []call.Event, names Names) ([]Entry, error) {
	var entries []Entry
	for _, e := range Ordered(events) {
		if _, agent := e.Fact.(call.AgentMoved); agent {
			continue
		}
		data, err := json.Marshal(e.Fact)
		if err != nil {
			return nil, fmt.Errorf("event %s: %w", e.ID, err)
		}
		vi, en := Sentence(e.Fact, names)
		entries = append(entries, Entry{At: e.At, Kind: e.Fact.Kind(), Data: data, Vi: vi, En: en})
	}
	return entries, nil
}
