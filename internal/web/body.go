package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// longestBody bounds what a client may send, in bytes.
const longestBody = 64 << 10

// read takes a JSON body, and is strict: one value, no field that we do not know,
// soon. Its errors say which field is wrong.
func (s *site) read(w http.ResponseWriter, r *http.Request, into any) error {
	return s.readUpTo(w, r, longestBody, into)
}

// longestDocument bounds what is sent with a document of the configuration.
const longestDocument = 1 << 20

// readLong is read for a document.
func (s *site) readLong(w http.ResponseWriter, r *http.Request, into any) error {
	return s.readUpTo(w, r, longestDocument, into)
}

func (s *site) readUpTo(w http.ResponseWriter, r *http.Request, most int64, into any) error {
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Now().Add(s.pace.body)) //nolint:errcheck // a recorder in a test has none
	defer control.SetReadDeadline(time.Time{})           //nolint:errcheck // see above
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, most))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return unreadable(err)
	}
	if err := decoder.Decode(&struct{}{}); !errors.Is(err, io.EOF) {
		return badRequest("Nội dung gửi lên phải là một đối tượng JSON duy nhất.", "The body must be one JSON object and nothing after it.")
	}
	return nil
}

// unreadable says in words what the decoder did not like.
func unreadable(err error) error {
	var tooLong *http.MaxBytesError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &tooLong):
		return badRequest("Nội dung gửi lên quá dài.", fmt.Sprintf("The body is longer than %d bytes.", tooLong.Limit))
	case errors.As(err, &wrongType):
		return badRequest(
			fmt.Sprintf("Trường %q không đúng kiểu.", wrongType.Field),
			fmt.Sprintf("The field %q cannot be a %s.", wrongType.Field, wrongType.Value))
	case errors.Is(err, io.EOF):
		return badRequest("Thiếu nội dung JSON.", "The body is empty; a JSON object is needed.")
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return badRequest(fmt.Sprintf("Không có trường %s.", field), fmt.Sprintf("There is no field %s here.", field))
	}
	return badRequest("Nội dung gửi lên không phải là JSON đúng.", "The body is not valid JSON.")
}
