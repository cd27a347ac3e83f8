package ticket

import "hotline1022/internal/call"

// supervised tells what supervisors did with a call, and agents with its recording; ok is
// false for all other facts.
func supervised(f call.Fact, names Names) (t text, ok bool) {
	switch f := f.(type) {
	case call.Listened:
		by, agent := names.agent(f.By), names.agent(f.Agent)
		if f.Whisper {
			return text{by + " nghe và nhắc riêng " + agent, by + " listens and whispers to " + agent}, true
		}
		return text{by + " nghe cuộc trò chuyện của " + agent, by + " listens to " + agent}, true
	case call.ListenEnded:
		return listenEnded(f, names), true
	case call.RecordingPaused:
		return text{names.agent(f.By) + " tạm dừng ghi âm", names.agent(f.By) + " paused the recording"}, true
	case call.RecordingResumed:
		if f.Why == call.RecordingTimeout {
			return text{"Tự ghi âm lại sau khi tạm dừng", "The recording went on by itself"}, true
		}
		return text{names.agent(f.By) + " ghi âm lại", names.agent(f.By) + " let the recording go on"}, true
	case call.Steered:
		return steered(f, names), true
	}
	return text{}, false
}

func listenEnded(f call.ListenEnded, names Names) text {
	by := names.agent(f.By)
	switch f.Why {
	case call.ListenStopped:
		return text{by + " ngừng nghe", by + " stopped listening"}
	case call.ListenBarged:
		return text{by + " ngừng nghe để vào cuộc trò chuyện", by + " stopped listening to join the conversation"}
	case call.ListenAgentLeft:
		return text{by + " ngừng nghe vì cuộc trò chuyện đã xong", by + " stopped listening as the conversation ended"}
	case call.ListenPhoneGone:
		return text{by + " ngừng nghe vì mất điện thoại giám sát", by + " stopped listening as their softphone was gone"}
	case call.ListenFailed:
		return text{by + " ngừng nghe do lỗi", by + " stopped listening because of a fault"}
	case call.ListenRestarted:
		return text{by + " ngừng nghe vì hệ thống khởi động lại", by + " stopped listening as the system restarted"}
	}
	return text{by + " ngừng nghe: " + string(f.Why), by + " stopped listening: " + string(f.Why)}
}

func steered(f call.Steered, names Names) text {
	by, queue := names.agent(f.By), names.queue(f.Queue)
	t := text{by + " chuyển sang hàng chờ " + queue.vi, by + " moved the call to the line for " + queue.en}
	switch {
	case f.Agent != "":
		t = text{by + " giữ cuộc gọi cho " + names.agent(f.Agent), by + " kept the call for " + names.agent(f.Agent)}
	case f.Front:
		t = text{by + " đưa lên đầu hàng chờ " + queue.vi, by + " moved the call to the front of the line for " + queue.en}
	}
	if f.Reason != "" {
		t.vi, t.en = t.vi+": "+f.Reason, t.en+": "+f.Reason
	}
	return t
}
