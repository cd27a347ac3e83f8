package web

import (
	"errors"
	"net/http"

	"hotline1022/internal/switchboard"
)

var errNoEar = &problem{
	http.StatusConflict, "ear_needed", "Chưa bật điện thoại giám sát; hãy bật trước khi nghe.",
	"The supervisor's softphone is not signed in; sign it in before listening.",
}

// supervisedTold turns the errors of supervisors' verbs into answers; nil for those that
// it does not know.
func supervisedTold(err error) *problem {
	switch {
	case errors.Is(err, switchboard.ErrNotTalking):
		return &problem{http.StatusConflict, "not_talking", "Nhân viên này không ở trong cuộc trò chuyện.", "This agent is not in a conversation."}
	case errors.Is(err, switchboard.ErrYourself):
		return &problem{http.StatusConflict, "not_talking", "Không thể nghe chính mình.", "Nobody listens to themselves."}
	case errors.Is(err, switchboard.ErrNoEars):
		return errAway
	case errors.Is(err, switchboard.ErrNotRecorded):
		return &problem{http.StatusConflict, "not_recorded", "Không tạm dừng được ghi âm của cuộc gọi này.", "The recording of this call cannot be paused."}
	case errors.Is(err, switchboard.ErrInCall):
		return &problem{
			http.StatusConflict, "in_call", "Nhân viên đang trò chuyện với người dân; hãy đợi cuộc gọi xong, hoặc cho tạm dừng sau cuộc gọi.",
			"The agent is in a conversation; wait for its end, or pause them after it.",
		}
	case errors.Is(err, switchboard.ErrNotWrapUp):
		return &problem{http.StatusConflict, "not_wrap_up", "Nhân viên không ở trạng thái ghi phiếu.", "The agent is not in wrap-up."}
	case errors.Is(err, switchboard.ErrNoMoreTime):
		return &problem{
			http.StatusConflict, "no_more_time", "Đã hết số lần gia hạn cho phiếu này; hãy lưu phiếu, hoặc chọn tạm dừng sau cuộc gọi.",
			"This wrap-up has been prolonged as often as it may be; save the form, or pause after the call.",
		}
	case errors.Is(err, switchboard.ErrNotAtWork):
		return &problem{http.StatusConflict, "not_at_work", "Nhân viên này hiện không nhận cuộc gọi.", "This agent takes no calls now."}
	case errors.Is(err, switchboard.ErrNotWaiting):
		return &problem{http.StatusConflict, "not_waiting", "Cuộc gọi này không còn ở hàng chờ.", "This call does not wait in line any more."}
	case errors.Is(err, switchboard.ErrNoQueue):
		return &problem{http.StatusBadRequest, "bad_request", "Không có hàng chờ này.", "There is no such queue."}
	case errors.Is(err, switchboard.ErrNoState):
		return &problem{
			http.StatusBadRequest, "bad_request", "Chỉ đổi được sang available, paused hoặc offline.", "The state must be available, paused or offline.",
		}
	case errors.Is(err, switchboard.ErrNoMessage):
		return &problem{http.StatusNotFound, "not_found", "Không có tin nhắn này.", "There is no such message."}
	}
	return nil
}

// earProblem speaks of the supervisor's own softphone.
func earProblem(err error) error {
	if errors.Is(err, switchboard.ErrNotSignedIn) {
		return errNoEar
	}
	return err
}

// forceProblem speaks of another's desk.
func forceProblem(err error) error {
	switch {
	case errors.Is(err, switchboard.ErrNotSignedIn):
		return &problem{http.StatusConflict, "desk_needed", "Nhân viên này chưa vào bàn trực.", "This agent has no desk."}
	case errors.Is(err, switchboard.ErrNoPhone):
		return &problem{
			http.StatusConflict, "no_phone", "Điện thoại ở bàn trực của nhân viên chưa kết nối.", "The softphone at the agent's desk is not connected.",
		}
	case errors.Is(err, switchboard.ErrOffShift):
		return &problem{
			http.StatusConflict, "off_shift", "Nhân viên không có tên trong ca trực hiện tại; hãy xếp vào ca trước.",
			"The agent is not on the current shift; put them on it first.",
		}
	}
	return err
}
