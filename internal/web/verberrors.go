package web

import (
	"errors"
	"net/http"

	"hotline1022/internal/outside"
	"hotline1022/internal/switchboard"
)

// verbTold turns the errors of the verbs of a call into answers; nil for those that it
// does not know.
func verbTold(err error) *problem {
	var refusal *outside.Refusal
	switch {
	case errors.As(err, &refusal):
		vi, en := refusal.Words()
		return &problem{http.StatusConflict, "number_refused", vi, en}
	case errors.Is(err, switchboard.ErrNotNow):
		return &problem{
			http.StatusConflict, "not_now", "Cuộc gọi không còn ở bước này; hãy xem lại màn hình.",
			"The call does not stand where this can be done; look at the page again.",
		}
	case errors.Is(err, switchboard.ErrBusy):
		return &problem{
			http.StatusConflict, "in_call", "Bạn đang có cuộc gọi; hãy kết thúc rồi gọi.",
			"You are in a call, or one is coming; end it first.",
		}
	case errors.Is(err, switchboard.ErrNotFree):
		return &problem{
			http.StatusConflict, "not_free", "Đồng nghiệp này hiện không rảnh; hãy chọn người khác hoặc hàng chờ.",
			"This colleague is not free now; choose another one or a queue.",
		}
	case errors.Is(err, switchboard.ErrNoTarget):
		return &problem{http.StatusBadRequest, "bad_request", "Không có người hoặc hàng chờ này để chuyển đến.", "There is no such agent or queue to give the call to."}
	case errors.Is(err, switchboard.ErrNoWayOut):
		return &problem{
			http.StatusConflict, "no_way_out", "Tổng đài chưa có đường gọi ra ngoài; hãy báo quản trị.",
			"The hotline has no line to outside numbers; tell the administrator (sip.out in configs/hotline.yaml).",
		}
	case errors.Is(err, switchboard.ErrNoService):
		return &problem{
			http.StatusConflict, "no_service", "Chưa có nơi tiếp nhận cho dịch vụ này; hãy gọi trực tiếp và báo quản trị.",
			"There is no command centre to call for that service (configs/emergency.yaml); call it yourself, and tell the administrator.",
		}
	case errors.Is(err, switchboard.ErrNotHandedOver):
		return &problem{http.StatusConflict, "not_handed_over", "Cuộc gọi chưa được chuyển đến dịch vụ này.", "This call is not being handed over to that service."}
	case errors.Is(err, switchboard.ErrNotAnswered):
		return &problem{
			http.StatusConflict, "not_answered", "Nơi tiếp nhận chưa nhấc máy, hoặc nơi khác đã được xác nhận.",
			"No command centre of that service is on the line, or another one was confirmed.",
		}
	case errors.Is(err, switchboard.ErrPhones):
		return errAway
	}
	return nil
}
