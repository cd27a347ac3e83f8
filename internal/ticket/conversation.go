package ticket

import (
	"fmt"
	"time"

	"hotline1022/internal/call"
)

// conversation tells what became of a conversation while it went on; ok is false for all
// other facts.
func conversation(f call.Fact, names Names) (t text, ok bool) {
	switch f := f.(type) {
	case call.Held:
		return text{names.agent(f.Agent) + " cho người dân giữ máy", names.agent(f.Agent) + " put the citizen on hold"}, true
	case call.HeldLong:
		d := clock(time.Duration(f.Seconds) * time.Second)
		return text{"Giữ máy đã " + d + ", nhắc cả hai bên", "On hold for " + d + ", both were reminded"}, true
	case call.Resumed:
		return text{names.agent(f.Agent) + " nói tiếp với người dân", names.agent(f.Agent) + " went on with the citizen"}, true
	case call.TransferAsked:
		to := target(f.To, names)
		return text{names.agent(f.Agent) + " chuyển cuộc gọi cho " + to.vi, names.agent(f.Agent) + " transferred the call to " + to.en}, true
	case call.Transferred:
		to := target(f.To, names)
		return text{to.vi + " nhận cuộc gọi từ " + names.agent(f.From), to.en + " has the call from " + names.agent(f.From)}, true
	case call.ConsultBegan:
		to := target(f.To, names)
		return text{names.agent(f.Agent) + " gọi hỏi " + to.vi, names.agent(f.Agent) + " called " + to.en + " for advice"}, true
	case call.ConsultAnswered:
		to := target(f.To, names)
		return text{names.agent(f.Agent) + " trao đổi riêng với " + to.vi, names.agent(f.Agent) + " talks with " + to.en + " aside"}, true
	case call.ConsultEnded:
		return consultEnded(f, names), true
	case call.Conferenced:
		with := target(f.With, names)
		return text{names.agent(f.Agent) + " đưa " + with.vi + " vào nói chuyện ba bên", names.agent(f.Agent) + " brought " + with.en + " into the conversation"}, true
	case call.BargedIn:
		return text{names.agent(f.Agent) + " vào cuộc trò chuyện", names.agent(f.Agent) + " joined the conversation"}, true
	case call.TakenOver:
		return text{
			fmt.Sprintf("%s nhận lại cuộc gọi của %s", names.agent(f.Agent), names.agent(f.From)),
			fmt.Sprintf("%s took the call over from %s", names.agent(f.Agent), names.agent(f.From)),
		}, true
	}
	return text{}, false
}

// target is whom a call goes to. The number itself is not told.
func target(to call.Target, names Names) text {
	switch {
	case to.Agent != "":
		return text{names.agent(to.Agent), names.agent(to.Agent)}
	case to.Queue != "":
		name := names.queue(to.Queue)
		return text{"hàng chờ " + name.vi, "the line for " + name.en}
	}
	return text{"số bên ngoài", "an outside number"}
}

func consultEnded(f call.ConsultEnded, names Names) text {
	to, agent := target(f.To, names), names.agent(f.Agent)
	switch f.Why {
	case call.ConsultTransferred:
		return text{agent + " giao cuộc gọi cho " + to.vi, agent + " gave the call to " + to.en}
	case call.ConsultJoined:
		return text{"Trao đổi riêng với " + to.vi + " xong", "The talk aside with " + to.en + " is over"}
	case call.ConsultBack:
		return text{agent + " quay lại với người dân", agent + " went back to the citizen"}
	case call.ConsultNotFree:
		return text{"Không gọi được " + to.vi, "Could not ring " + to.en}
	case call.ConsultNoAnswer:
		return text{"Không có trả lời từ " + to.vi, "No answer from " + to.en}
	case call.ConsultRefused:
		return text{"Bị từ chối bởi " + to.vi, "Refused by " + to.en}
	case call.ConsultHungUp:
		return text{"Đã gác máy: " + to.vi, "Hung up: " + to.en}
	case call.ConsultCut:
		return text{"Dừng gọi hỏi " + to.vi, "The call for advice to " + to.en + " ended"}
	}
	return text{string(f.Why), string(f.Why)}
}
