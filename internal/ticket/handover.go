package ticket

import (
	"fmt"
	"slices"
	"strings"

	"hotline1022/internal/call"
)

// handover tells a fact of an emergency hand-over.
func handover(f call.Fact, names Names) text {
	switch f := f.(type) {
	case call.HandoverBegan:
		s := service(f.Service)
		if f.Agent != "" {
			return text{names.agent(f.Agent) + " nối khẩn cấp đến " + s.vi, names.agent(f.Agent) + " began the hand-over to " + s.en}
		}
		return text{"Bắt đầu nối khẩn cấp đến " + s.vi, "The hand-over to " + s.en + " began"}
	case call.DestinationTried:
		if f.Round > 1 {
			return text{fmt.Sprintf("Gọi lại %s, vòng %d", f.Name, f.Round), fmt.Sprintf("Calling %s again, round %d", f.Name, f.Round)}
		}
		return text{"Đang gọi " + f.Name, "Calling " + f.Name}
	case call.DestinationRang:
		s := service(f.Service)
		return text{"Nơi tiếp nhận đang đổ chuông: " + s.vi, "The command centre's telephone rings: " + s.en}
	case call.DestinationAnswered:
		return text{f.Name + " nhấc máy, nói chuyện với người dân", f.Name + " answered and talks with the citizen"}
	case call.DestinationClosed:
		return destinationClosed(f)
	case call.LadderRestarted:
		s := service(f.Service)
		return text{
			fmt.Sprintf("Gọi lại từ đầu các nơi tiếp nhận %s, vòng %d", s.vi, f.Round),
			fmt.Sprintf("All destinations of %s are called again, round %d", s.en, f.Round),
		}
	case call.SupervisorsCalled:
		return text{"Đổ chuông ở bàn trưởng ca", "Rang at the supervisors' desks"}
	case call.HandoverConfirmed:
		s := service(f.Service)
		return text{names.agent(f.Agent) + " xác nhận đã bàn giao cho " + s.vi, names.agent(f.Agent) + " confirmed the hand-over to " + s.en}
	case call.PlaceTold:
		return placeTold(f)
	case call.CaseNoted:
		if f.Agent == "" {
			return text{"Ghi nhận: " + f.Note, "Noted: " + f.Note}
		}
		return text{names.agent(f.Agent) + " ghi: " + f.Note, names.agent(f.Agent) + " noted: " + f.Note}
	case call.SheetLinked:
		s := service(f.Service)
		return text{"Gửi phiếu bàn giao cho " + s.vi, "The hand-over sheet was sent to " + s.en}
	case call.SheetAcknowledged:
		s := service(f.Service)
		return text{s.vi + " đã nhận phiếu bàn giao", s.en + " acknowledged the hand-over sheet"}
	case call.CallbackOwed:
		return text{"Người dân gác máy trước khi bàn giao; phải gọi lại ngay", "The citizen hung up before the hand-over; to be called back at once"}
	case call.DutyNoted:
		return dutyNoted(f, names.agent(f.Agent))
	case call.Survived:
		return text{"Tổng đài gián đoạn; máy chủ thoại tự phục vụ", "The controller was away; the telephone server carried on alone"}
	}
	return text{f.Kind(), f.Kind()}
}

func dutyNoted(f call.DutyNoted, who string) text {
	note := ""
	if f.Note != "" {
		note = ": " + f.Note
	}
	switch f.How {
	case call.DutyTaken:
		return text{who + " nhận việc gọi lại khẩn cấp" + note, who + " takes on to call back" + note}
	case call.DutyNoAnswer:
		return text{who + " gọi lại khẩn cấp, không nhấc máy" + note, who + " called back, with no answer" + note}
	case call.DutyReached:
		return text{who + " đã gọi lại được người dân" + note, who + " reached the citizen" + note}
	case call.DutyClosed:
	}
	return text{who + " kết thúc việc gọi lại khẩn cấp" + note, who + " closed the call back" + note}
}

// where is the place in words: the caller's own, or the parts of the address.
func where(f call.PlaceTold) string {
	if f.Said != "" {
		return f.Said
	}
	parts := []string{f.House, f.Road, f.Landmark, f.Commune, f.Province}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

func placeTold(f call.PlaceTold) text {
	where := where(f)
	if f.Located {
		position := fmt.Sprintf("%.5f, %.5f", f.Lat, f.Lon)
		if where == "" {
			return text{"Vị trí: " + position, "Position: " + position}
		}
		where += " (" + position + ")"
	}
	return text{"Địa điểm: " + where, "Place: " + where}
}

func destinationClosed(f call.DestinationClosed) text {
	switch f.How {
	case call.DestinationBusy:
		return text{f.Name + " máy bận", f.Name + " was busy"}
	case call.DestinationCongested:
		return text{"Hết đường gọi đến " + f.Name, "No line was free to " + f.Name}
	case call.DestinationNoRoute:
		return text{"Không gọi được " + f.Name, f.Name + " could not be reached"}
	case call.DestinationNoAnswer:
		return text{f.Name + " không nhấc máy", f.Name + " did not answer"}
	case call.DestinationHungUp:
		return text{f.Name + " gác máy", f.Name + " hung up"}
	case call.DestinationRescinded:
		return text{"Ngừng gọi " + f.Name, "Stopped calling " + f.Name}
	}
	return text{string(f.How), string(f.How)}
}

// service names one, those too that have no name of ours.
func service(s call.Service) text {
	if name := serviceName(s); name.vi != "" {
		return name
	}
	return text{string(s), string(s)}
}
