package ticket

import "hotline1022/internal/call"

// groupName is what people call a group; empty for none.
func groupName(g call.Group) text {
	switch g {
	case call.Procedure:
		return text{"Thủ tục hành chính", "administrative procedures"}
	case call.Emergency:
		return text{"Khẩn cấp", "emergencies"}
	case call.Field:
		return text{"Hiện trường", "matters on the spot"}
	}
	return text{}
}

func serviceName(s call.Service) text {
	switch s {
	case call.Police:
		return text{"113 Công an", "113 police"}
	case call.Fire:
		return text{"114 Chữa cháy, cứu nạn", "114 fire and rescue"}
	case call.Ambulance:
		return text{"115 Cấp cứu", "115 ambulance"}
	}
	return text{}
}

func languageName(l call.Language) text {
	switch l {
	case call.Vietnamese:
		return text{"tiếng Việt", "Vietnamese"}
	case call.English:
		return text{"tiếng Anh", "English"}
	}
	return text{string(l), string(l)}
}

// topicName is what somebody is in line for: the group, and what within it.
func topicName(queue string, t call.Topic, fields Fields) text {
	name := groupName(t.Group)
	if name.vi == "" {
		name = text{queue, queue}
	}
	within := serviceName(t.Service)
	for _, f := range fields {
		if f.Group == t.Group && f.Key == t.Field && t.Field != "" {
			within = text{f.Vi, f.En}
		}
	}
	if within.vi == "" {
		return name
	}
	return text{name.vi + " (" + within.vi + ")", name.en + " (" + within.en + ")"}
}

// finished tells how a call ended and whose doing it was.
func finished(o call.Outcome) text {
	what, who := resultName(o.Result), doerName(o.By)
	return text{"Kết thúc: " + what.vi + ", " + who.vi, "Ended: " + what.en + ", " + who.en}
}

func resultName(r call.Result) text {
	switch r {
	case call.Served:
		return text{"đã phục vụ", "served"}
	case call.HandedOver:
		return text{"đã chuyển khẩn cấp", "handed over"}
	case call.Abandoned:
		return text{"người gọi bỏ cuộc", "abandoned"}
	case call.SelfServed:
		return text{"tự tra cứu", "served by the menus"}
	case call.Refused:
		return text{"không tiếp nhận", "refused"}
	case call.Voicemail:
		return text{"để lại lời nhắn", "left a message"}
	case call.Callback:
		return text{"hẹn gọi lại", "to be called back"}
	case call.NotReached:
		return text{"không gọi được", "not reached"}
	case call.Failed:
		return text{"lỗi", "failed"}
	}
	return text{string(r), string(r)}
}

func doerName(d call.Doer) text {
	switch d {
	case call.ByCitizen:
		return text{"người dân gác máy", "the citizen hung up"}
	case call.ByAgent:
		return text{"tổng đài viên gác máy", "the agent hung up"}
	case call.ByUpstream:
		return text{"nhà mạng ngắt", "the network cut it off"}
	case call.ByUs:
		return text{"hệ thống kết thúc", "the system ended it"}
	}
	return text{string(d), string(d)}
}
