package outside

import (
	"fmt"
	"time"
)

// Reason says why a call is not made.
type Reason string

// The reasons.
const (
	NoNumber        Reason = "no_number"
	EmergencyNumber Reason = "emergency_number"
	NotAllowed      Reason = "not_allowed"
	Forbidden       Reason = "forbidden"
	OwnNumber       Reason = "own_number"
	OutOfHours      Reason = "out_of_hours"
	TooManyAtOnce   Reason = "too_many_at_once"
	TooManyThisHour Reason = "too_many_this_hour"
	TooManyToday    Reason = "too_many_today"
)

// Refusal is the error of a call that may not be made.
type Refusal struct {
	Reason Reason
	Limit  int       // that was reached, with the reasons of too many
	Until  time.Time // when it may be tried again, in the rules' zone; zero when never
}

// Error is the refusal in English.
func (r *Refusal) Error() string {
	_, en := r.Words()
	return en
}

// Words tells an agent, in Vietnamese and English, what is wrong and what to do.
func (r *Refusal) Words() (vi, en string) {
	again := r.Until.Format("15:04")
	switch r.Reason {
	case NoNumber:
		return "Số này không gọi được. Kiểm tra lại từng chữ số, kể cả mã vùng.",
			"This is no number that can be called. Check each digit, the area code too."
	case EmergencyNumber:
		return "112, 113, 114, 115 không gọi như số thường. Dùng nút Khẩn cấp của cuộc gọi.",
			"112, 113, 114 and 115 are not called as other numbers are. Use the call's emergency button."
	case NotAllowed:
		return "Tổng đài không gọi số thuộc vùng này. Nếu cần, hỏi trưởng ca.",
			"The hotline does not call numbers there. If it must be, ask the shift's supervisor."
	case Forbidden:
		return "Số này bị cấm gọi, vì tính cước cao hoặc theo quy định. Nếu cần, hỏi trưởng ca.",
			"This number may not be called: it costs more than a call, or rules forbid it. If it must be, ask the shift's supervisor."
	case OwnNumber:
		return "Đây là số của chính tổng đài. Kiểm tra lại số của người dân.",
			"This is a number of the hotline itself. Check the citizen's number."
	case OutOfHours:
		return "Ngoài giờ gọi ra. Gọi lại từ " + again + ", hoặc đánh dấu cuộc gọi là khẩn.",
			"Not in these hours. Call from " + again + " on, or mark the call as urgent."
	case TooManyAtOnce:
		return fmt.Sprintf("Đang có %d cuộc gọi ra. Kết thúc một cuộc rồi gọi tiếp.", r.Limit),
			fmt.Sprintf("%d calls to outside go on already. End one of them first.", r.Limit)
	case TooManyThisHour:
		return fmt.Sprintf("Đã gọi ra %d cuộc trong một giờ. Gọi tiếp được từ %s.", r.Limit, again),
			fmt.Sprintf("%d calls to outside within an hour. The next one may be made at %s.", r.Limit, again)
	case TooManyToday:
		return fmt.Sprintf("Hôm nay đã gọi ra %d cuộc, là mức cao nhất. Hỏi trưởng ca.", r.Limit),
			fmt.Sprintf("%d calls to outside today, which is the most. Ask the shift's supervisor.", r.Limit)
	}
	return "Không gọi được.", "It cannot be called."
}
