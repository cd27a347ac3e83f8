package ticket

import (
	"encoding/json"
	"time"

	"hotline1022/internal/call"
)

// DraftLasts is how long a form that nobody saved is offered again.
const DraftLasts = 12 * time.Hour

// Draft is a form that is being filled in (API.md Draft). It is no fact: only a form that
// is saved becomes part of the ticket.
type Draft struct {
	Agent   call.AgentID    `json:"-"`
	Call    call.ID         `json:"call"`
	Seq     int64           `json:"seq"` // grows with each save
	SavedAt time.Time       `json:"saved_at"`
	Form    json.RawMessage `json:"form"` // as the page wrote it
}
