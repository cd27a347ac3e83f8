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

// queue is the name of a queue: that of its group, where it is called so.
func (n Names) queue(key string) text {
	if name := groupName(call.Group(key)); name.vi != "" {
		return name
	}
	return text{key, key}
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
	case call.Outbound:
		return text{names.agent(f.Agent) + " gọi cho người dân", names.agent(f.Agent) + " calls the citizen"}
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
	case call.QueueMoved:
		return queueMoved(f, names)
	case call.Told:
		return told(f)
	case call.Offered:
		return text{"Chuyển đến " + names.agent(f.Agent), "Offered to " + names.agent(f.Agent)}
	case call.OfferRang:
		return text{"Đổ chuông ở bàn " + names.agent(f.Agent), "Rang at the desk of " + names.agent(f.Agent)}
	case call.OfferClosed:
		return offerClosed(f, names)
	case call.Connected:
		who := party(f.Agent, f.Number, names)
		return text{who.vi + " nói chuyện với người dân", who.en + " talks with the citizen"}
	case call.Disconnected:
		return disconnected(f, party(f.Agent, f.Number, names))
	case call.VoicemailBegan:
		return text{"Được mời để lại lời nhắn", "Was asked to leave a message"}
	case call.VoicemailLeft:
		d := clock(time.Duration(f.Seconds) * time.Second)
		return text{"Để lại lời nhắn " + d, "Left a message, " + d}
	case call.SurveyAsked:
		return text{"Được mời đánh giá", "Was asked for a rating"}
	case call.Rated:
		return rated(f.Score)
	case call.CallbackAsked:
		return text{"Hẹn gọi lại, giữ nguyên thứ tự", "Asked to be called back, at the same place"}
	case call.CallbackTried:
		return callbackTried(f, names.agent(f.Agent))
	case call.CallbackClosed:
		return callbackClosed(f)
	case call.CalledOut:
		return text{names.agent(f.Agent) + " gọi ra số ngoài", names.agent(f.Agent) + " called a number outside"}
	case call.HandoverBegan, call.DestinationTried, call.DestinationRang, call.DestinationAnswered, call.DestinationClosed,
		call.LadderRestarted, call.SupervisorsCalled, call.HandoverConfirmed, call.PlaceTold, call.CaseNoted, call.SheetLinked,
		call.SheetAcknowledged, call.CallbackOwed, call.DutyNoted, call.Survived:
		return handover(f, names)
	case call.Finished:
		return finished(f.Outcome)
	case call.Recorded:
		if f.What == call.OfMessage {
			return text{"Đã lưu lời nhắn " + clock(f.Duration), "Message kept, " + clock(f.Duration)}
		}
		return text{"Đã lưu ghi âm " + clock(f.Duration), "Recording kept, " + clock(f.Duration)}
	case call.WrappedUp:
		return text{names.agent(f.Agent) + " ghi phiếu", names.agent(f.Agent) + " filled in the form"}
	}
	if t, ok := supervised(f, names); ok {
		return t
	}
	if t, ok := conversation(f, names); ok {
		return t
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

func queueMoved(f call.QueueMoved, names Names) text {
	name := names.queue(f.To)
	if f.Why == "waited" {
		return text{"Chờ lâu, chuyển sang hàng chờ " + name.vi + ", giữ nguyên lượt", "Waited long, passed on to the line for " + name.en + ", at the same place"}
	}
	return text{"Được chuyển sang hàng chờ " + name.vi, "Was moved to the line for " + name.en}
}

func told(f call.Told) text {
	t := text{fmt.Sprintf("Được báo: vị trí %d", f.Position), fmt.Sprintf("Was told: place %d", f.Position)}
	switch {
	case f.Minutes > 60:
		t.vi, t.en = t.vi+", chờ hơn một giờ", t.en+", to wait more than an hour"
	case f.Minutes > 0:
		t.vi, t.en = t.vi+fmt.Sprintf(", chờ đến %d phút", f.Minutes), t.en+fmt.Sprintf(", to wait up to %d min", f.Minutes)
	}
	if f.Callback {
		t.vi, t.en = t.vi+"; được mời hẹn gọi lại", t.en+"; a callback was offered"
	}
	return t
}

func offerClosed(f call.OfferClosed, names Names) text {
	agent := names.agent(f.Agent)
	if f.TakenBy != "" {
		by := names.agent(f.TakenBy)
		return text{by + " nhấc máy trước " + agent, by + " answered before " + agent}
	}
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

// party is who talks with a citizen: an agent, or somebody outside.
func party(agent call.AgentID, number string, names Names) text {
	if agent == "" && number != "" {
		return text{"Số bên ngoài", "The outside number"}
	}
	return text{names.agent(agent), names.agent(agent)}
}

func disconnected(f call.Disconnected, who text) text {
	switch f.Why {
	case "citizen_hung_up":
		return text{"Người dân gác máy", "The citizen hung up"}
	case "agent_hung_up", "outside_hung_up":
		return text{who.vi + " gác máy", who.en + " hung up"}
	case "transferred":
		return text{who.vi + " chuyển máy và rời cuộc gọi", who.en + " left the call after the transfer"}
	case "taken_over":
		return text{who.vi + " rời cuộc gọi vì được nhận thay", who.en + " left the call, which was taken over"}
	case "dropped":
		return text{who.vi + " được đưa ra khỏi cuộc gọi", who.en + " was taken out of the call"}
	}
	return text{"Mất kết nối với bàn " + who.vi, "Lost the desk of " + who.en}
}

func rated(s call.Score) text {
	switch s {
	case call.Satisfied:
		return text{"Đánh giá: hài lòng", "Rated: satisfied"}
	case call.SoSo:
		return text{"Đánh giá: bình thường", "Rated: so-so"}
	case call.Unsatisfied:
		return text{"Đánh giá: chưa hài lòng", "Rated: not satisfied"}
	}
	return text{fmt.Sprintf("Đánh giá: %d", s), fmt.Sprintf("Rated: %d", s)}
}

func callbackTried(f call.CallbackTried, agent string) text {
	vi, en := "người dân không nhấc máy", "no answer"
	if f.How == call.CallbackBusy {
		vi, en = "máy bận", "busy"
	}
	return text{
		fmt.Sprintf("%s gọi lại lần %d: %s", agent, f.Tries, vi),
		fmt.Sprintf("%s called back, attempt %d: %s", agent, f.Tries, en),
	}
}

func callbackClosed(f call.CallbackClosed) text {
	switch f.How {
	case call.CallbackReached:
		return text{"Đã gọi lại được người dân", "The citizen was reached"}
	case call.CallbackNoAnswer:
		return text{fmt.Sprintf("Gọi lại %d lần không có người nhấc máy", f.Tries), fmt.Sprintf("Called back %d times without an answer", f.Tries)}
	case call.CallbackBusy:
		return text{fmt.Sprintf("Gọi lại %d lần không được, máy bận", f.Tries), fmt.Sprintf("Called back %d times, busy at last", f.Tries)}
	case call.CallbackCancelled:
		return text{"Đã hủy hẹn gọi lại", "The callback was cancelled"}
	}
	return text{string(f.How), string(f.How)}
}

func clock(d time.Duration) string {
	s := int(d.Seconds())
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
