package web

import (
	"errors"
	"net/http"
	"strings"

	"hotline1022/acd/roster"
)

var errNobodyActs = &problem{
	http.StatusForbidden, "not_allowed", "Mã truy cập này không thuộc về nhân viên nào nên không thể thay đổi ca trực.",
	"This token is nobody's and may not change shifts; make one with `hotline token -staff <user>`.",
}

// broken is an answer that lists the rules which keep something from being done.
type broken struct {
	problem
	Problems []ruleView `json:"problems"`
}

// rosterTold answers with what the roster says against something.
func (s *site) rosterTold(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := h(w, r)
		var rules *roster.RuleError
		if errors.As(err, &rules) {
			tell(r, "error", "rules_broken")
			writeJSON(w, http.StatusConflict, map[string]any{"error": s.brokenOf(rules)})
			return nil
		}
		if p := rosterProblem(err); p != nil {
			return p
		}
		return err
	}
}

func (s *site) brokenOf(rules *roster.RuleError) broken {
	vi, en := make([]string, len(rules.Problems)), make([]string, len(rules.Problems))
	for i, p := range rules.Problems {
		vi[i], en[i] = p.Vi, p.En
	}
	return broken{problem{Code: "rules_broken", Vi: strings.Join(vi, " "), En: strings.Join(en, " ")}, s.problemsOf(rules.Problems)}
}

// rosterProblem is what the roster's errors are to people; nil for others.
func rosterProblem(err error) *problem {
	for _, known := range []struct {
		err    error
		status int
		code   string
		vi, en string
	}{
		{roster.ErrNotNow, http.StatusConflict, "not_now", "Yêu cầu không còn ở bước này; hãy tải lại.", "It does not stand where this step could follow; read it again."},
		{roster.ErrNotYours, http.StatusForbidden, "not_allowed", "Bước này là của người khác.", "This step is another person's to take."},
		{roster.ErrNotALead, http.StatusForbidden, "not_allowed", "Chỉ trưởng ca mới quyết định được; hãy hỏi trưởng ca.", "Only a shift lead may decide this; ask one."},
		{roster.ErrOwnRequest, http.StatusForbidden, "not_allowed", "Không ai tự duyệt yêu cầu của mình; nhờ trưởng ca khác.", "Nobody decides on their own request; ask another lead."},
		{roster.ErrBegun, http.StatusConflict, "too_late", "Ca đã bắt đầu; nhờ trưởng ca tìm người thay.", "The shift has begun; ask a shift lead for a substitute."},
		{roster.ErrNotPlanned, http.StatusConflict, "not_planned", "Lịch đã thay đổi: ca này không còn của người đó; hãy đề nghị lại.", "The plan has changed: the shift is no longer theirs; ask anew."},
		{roster.ErrNotOutgoing, http.StatusForbidden, "not_allowed", "Chỉ người của ca kết thúc và trưởng ca ghi phiếu bàn giao này.", "Only those of the shift that ends, and leads, write its sheet."},
		{roster.ErrNotIncoming, http.StatusForbidden, "not_allowed", "Chỉ người của ca tiếp theo và trưởng ca nhận phiếu bàn giao này.", "Only those of the shift that begins, and leads, take its sheet over."},
		{roster.ErrSheetOpen, http.StatusConflict, "not_now", "Phiếu bàn giao chưa được ký; nhờ ca trước ký.", "The sheet is not signed yet; ask the shift that ends to sign it."},
		{roster.ErrSheetSigned, http.StatusConflict, "not_now", "Phiếu bàn giao đã ký; hãy báo trực tiếp cho ca sau.", "The sheet is signed; tell the next shift yourself."},
		{ErrShiftOver, http.StatusConflict, "too_late", "Ca đã kết thúc; lịch đã qua được giữ nguyên.", "The shift is over; what was planned for it stays as it was."},
		{ErrTooSoon, http.StatusConflict, "too_late", "Chỉ xếp lịch từ ngày mai; hôm nay hãy tìm người thay.", "Plans are made from tomorrow on; use a substitute for today."},
		{ErrAlreadyAsked, http.StatusConflict, "already_asked", "Đã có đơn nghỉ phép trong những ngày này.", "There is a leave on these dates already; withdraw it first."},
		{ErrNotYet, http.StatusConflict, "not_now", "Chưa đến giờ giao ca; ký phiếu khi ca sau đã có thể vào.", "The change is not near; sign when the next shift may come in."},
		{ErrNoShift, http.StatusBadRequest, "bad_request", "Không có ca đó.", "There is no such shift."},
	} {
		if errors.Is(err, known.err) {
			return &problem{known.status, known.code, known.vi, known.en}
		}
	}
	return nil
}
