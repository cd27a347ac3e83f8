package web

import (
	"errors"
	"net/http"

	"hotline1022/internal/auth"
)

// toldOfPeople turns what auth says of codes, passwords and people into answers; nil
// for what it does not know.
func toldOfPeople(err error) *problem {
	switch {
	case errors.Is(err, auth.ErrCodeNeeded):
		return &problem{http.StatusUnauthorized, "code_needed", "Hãy nhập mã xác thực.", "Enter the code of your authenticator."}
	case errors.Is(err, auth.ErrCode):
		return &problem{
			http.StatusUnauthorized, "wrong_code", "Mã sai, đã hết hạn hoặc đã dùng; hãy đợi mã tiếp theo.",
			"The code is wrong, too old or used already; wait for the next one.",
		}
	case errors.Is(err, auth.ErrNoAccount):
		return &problem{
			http.StatusForbidden, "no_account", "Tài khoản này chưa được gắn với nhân viên nào; hãy nhờ quản trị.",
			"That account belongs to nobody of the staff; ask the administrator.",
		}
	case errors.Is(err, auth.ErrNoSecond):
		return &problem{http.StatusConflict, "not_now", "Xác thực hai lớp chưa được bật ở đây.", "Second factors are not set up here."}
	case errors.Is(err, auth.ErrEnrolled):
		return &problem{
			http.StatusConflict, "already_enrolled", "Đã có xác thực hai lớp; quản trị có thể đặt lại.",
			"There is a second factor already; an admin can reset it.",
		}
	case errors.Is(err, auth.ErrWeak):
		return &problem{
			http.StatusBadRequest, "weak_password", "Mật khẩu cần ít nhất 10 ký tự, khác tên đăng nhập và khác mật khẩu cũ.",
			"A password has ten characters at least, and is neither the user name nor the old one.",
		}
	case errors.Is(err, auth.ErrNoName):
		return &problem{
			http.StatusBadRequest, "bad_request", "Tên đăng nhập gồm chữ thường không dấu, chữ số và dấu chấm; cần có họ tên và vai trò.",
			"A user name is lower-case letters, digits and points, a letter first; a person has a name and a role.",
		}
	case errors.Is(err, auth.ErrTaken):
		return &problem{
			http.StatusConflict, "taken", "Tên đăng nhập hoặc tài khoản liên kết này đã có người dùng.",
			"Somebody has that user name or that account already.",
		}
	case errors.Is(err, auth.ErrLastAdmin):
		return &problem{
			http.StatusConflict, "last_admin", "Phải còn ít nhất một quản trị; hãy giao quyền quản trị cho người khác trước.",
			"Nobody would be left who may change people; make somebody else an admin first.",
		}
	}
	return nil
}
