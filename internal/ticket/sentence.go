package ticket

import (
	"fmt"

	"hotline1022/internal/call"
)

// Sentence tells a fact to staff, in Vietnamese and English. name gives an agent's
// name.
func Sentence(f call.Fact, name func(call.AgentID) string) (vi, en string) {
	switch f := f.(type) {
	case call.Arrived:
		return "Người dân gọi đến số " + f.Dialed, "A citizen called " + f.Dialed
	case call.Greeted:
		return "Nghe lời chào", "Heard the greeting"
	case call.MenuEntered:
		return "Nghe menu " + f.Node, "Heard the menu " + f.Node
	case call.KeyPressed:
		if !f.Accepted {
			return "Bấm phím " + f.Digit + " (không có trong menu)", "Pressed " + f.Digit + " (not in the menu)"
		}
		return "Bấm phím " + f.Digit, "Pressed " + f.Digit
	case call.LanguageChosen:
		return "Chọn ngôn ngữ " + string(f.Language), "Chose language " + string(f.Language)
	case call.Queued:
		if f.Again {
			return "Trở lại hàng chờ " + f.Queue + ", giữ nguyên thứ tự", "Back in line " + f.Queue + ", at the same place"
		}
		return "Vào hàng chờ " + f.Queue, "Entered the line " + f.Queue
	case call.Offered:
		return "Chuyển đến " + name(f.Agent), "Offered to " + name(f.Agent)
	case call.OfferRang:
		return "Đổ chuông ở " + name(f.Agent), "Rang at " + name(f.Agent)
	case call.OfferClosed:
		return offerClosed(f, name)
	case call.Connected:
		return name(f.Agent) + " nhận cuộc gọi", name(f.Agent) + " took the call"
	case call.Disconnected:
		return disconnected(f, name)
	case call.Finished:
		return finished(f.Outcome)
	case call.Recorded:
		s := int(f.Duration.Seconds())
		return fmt.Sprintf("Lưu ghi âm %d:%02d", s/60, s%60), fmt.Sprintf("Recording kept, %d:%02d", s/60, s%60)
	case call.WrappedUp:
		return name(f.Agent) + " ghi phiếu", name(f.Agent) + " filled in the form"
	}
	return f.Kind(), f.Kind()
}

func offerClosed(f call.OfferClosed, name func(call.AgentID) string) (vi, en string) {
	switch f.How {
	case call.OfferAccepted:
		return name(f.Agent) + " nhấc máy", name(f.Agent) + " answered"
	case call.OfferRefused:
		return name(f.Agent) + " từ chối", name(f.Agent) + " refused"
	case call.OfferTimedOut:
		return name(f.Agent) + " không nhấc máy", name(f.Agent) + " did not answer"
	case call.OfferRescinded:
		return "Ngừng đổ chuông ở " + name(f.Agent), "Stopped ringing at " + name(f.Agent)
	}
	return string(f.How), string(f.How)
}

func disconnected(f call.Disconnected, name func(call.AgentID) string) (vi, en string) {
	switch f.Why {
	case "citizen_hung_up":
		return "Người dân gác máy", "The citizen hung up"
	case "agent_hung_up":
		return name(f.Agent) + " gác máy", name(f.Agent) + " hung up"
	}
	return "Mất kết nối với máy của " + name(f.Agent), "Lost the desk of " + name(f.Agent)
}

func finished(o call.Outcome) (vi, en string) {
	who := map[call.Doer][2]string{
		call.ByCitizen: {"người dân gác máy", "the citizen hung up"}, call.ByAgent: {"tổng đài viên gác máy", "the agent hung up"},
		call.ByUpstream: {"nhà mạng ngắt", "the network cut off"}, call.ByUs: {"hệ thống ngắt", "the system ended it"},
	}[o.By]
	what := map[call.Result][2]string{
		call.Served: {"Đã phục vụ", "Served"}, call.HandedOver: {"Đã chuyển khẩn cấp", "Handed over"},
		call.Abandoned: {"Bỏ cuộc", "Abandoned"}, call.SelfServed: {"Tự tra cứu", "Served by the menus"},
		call.Refused: {"Không tiếp nhận", "Refused"}, call.Failed: {"Lỗi", "Failed"},
	}[o.Result]
	return "Kết thúc: " + what[0] + ", " + who[0], "Ended: " + what[1] + ", " + who[1]
}
