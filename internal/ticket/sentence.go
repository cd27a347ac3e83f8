package ticket

import (
	"fmt"
	"time"

	"hotline1022/internal/call"
)

// Names are how people know what facts hold as ids and keys.
type Names struct {
	Agent  func(call.AgentID) string // an agent's name; nil shows ids
	Fields Fields
	// Node is the label of a node of the menus, and whether it is a menu and not what a
	// menu leads to. Nil, or an empty label, shows the node's key.
	Node func(key string) (label string, menu bool)
}

func (n Names) node(key string) (label string, menu bool) {
	if n.Node != nil {
		if label, menu := n.Node(key); label != "" {
			return label, menu
		}
	}
	return key, true
}

func (n Names) agent(id call.AgentID) string {
	if n.Agent != nil {
		if name := n.Agent(id); name != "" {
			return name
		}
	}
	return string(id)
}

// text is one sentence in both languages.
type text struct{ vi, en string }

// Sentence tells a fact to staff, in Vietnamese and English. Numbers of callers are
// not in it.
func Sentence(f call.Fact, names Names) (vi, en string) {
	t := sentence(f, names)
	return t.vi, t.en
}

func sentence(f call.Fact, names Names) text {
	switch f := f.(type) {
	case call.Arrived:
		return text{"Người dân gọi đến số " + f.Dialed, "A citizen called " + f.Dialed}
	case call.Greeted:
		return text{"Nghe lời chào", "Heard the greeting"}
	case call.MenuEntered:
		label, menu := names.node(f.Node)
		if !menu {
			return text{"Chọn: " + label, "Chose: " + label}
		}
		return text{"Nghe: " + label, "Heard: " + label}
	case call.KeyPressed:
		if !f.Accepted {
			return text{"Bấm phím " + f.Digit + " (không có trong menu)", "Pressed " + f.Digit + " (not in the menu)"}
		}
		return text{"Bấm phím " + f.Digit, "Pressed " + f.Digit}
	case call.LanguageChosen:
		name := languageName(f.Language)
		return text{"Chọn " + name.vi, "Chose " + name.en}
	case call.Queued:
		return queued(f, names.Fields)
	case call.Offered:
		return text{"Chuyển đến " + names.agent(f.Agent), "Offered to " + names.agent(f.Agent)}
	case call.OfferRang:
		return text{"Đổ chuông ở bàn " + names.agent(f.Agent), "Rang at the desk of " + names.agent(f.Agent)}
	case call.OfferClosed:
		return offerClosed(f, names.agent(f.Agent))
	case call.Connected:
		return text{names.agent(f.Agent) + " nói chuyện với người dân", names.agent(f.Agent) + " talks with the citizen"}
	case call.Disconnected:
		return disconnected(f, names.agent(f.Agent))
	case call.Finished:
		return finished(f.Outcome)
	case call.Recorded:
		return text{"Đã lưu ghi âm " + clock(f.Duration), "Recording kept, " + clock(f.Duration)}
	case call.WrappedUp:
		return text{names.agent(f.Agent) + " ghi phiếu", names.agent(f.Agent) + " filled in the form"}
	}
	return text{f.Kind(), f.Kind()} // the facts of agents are in no ticket
}

func queued(f call.Queued, fields Fields) text {
	name := topicName(f.Queue, f.Topic, fields)
	if f.Again {
		return text{"Trở lại hàng chờ " + name.vi + ", giữ nguyên thứ tự", "Back in line for " + name.en + ", at the same place"}
	}
	return text{"Vào hàng chờ " + name.vi, "Entered the line for " + name.en}
}

func offerClosed(f call.OfferClosed, agent string) text {
	switch f.How {
	case call.OfferAccepted:
		return text{agent + " nhấc máy", agent + " answered"}
	case call.OfferRefused:
		return text{agent + " từ chối", agent + " refused"}
	case call.OfferTimedOut:
		return text{agent + " không nhấc máy", agent + " did not answer"}
	case call.OfferRescinded:
		return text{"Ngừng đổ chuông ở bàn " + agent, "Stopped ringing at the desk of " + agent}
	}
	return text{string(f.How), string(f.How)}
}

func disconnected(f call.Disconnected, agent string) text {
	switch f.Why {
	case "citizen_hung_up":
		return text{"Người dân gác máy", "The citizen hung up"}
	case "agent_hung_up":
		return text{agent + " gác máy", agent + " hung up"}
	}
	return text{"Mất kết nối với bàn " + agent, "Lost the desk of " + agent}
}

func clock(d time.Duration) string {
	s := int(d.Seconds())
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
