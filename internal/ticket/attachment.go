package ticket

import "time"

// Limits of a ticket's files.
const (
	LongestAttachment = 20 << 20 // bytes
	MostAttachments   = 20
)

// Attachment is a file of a ticket (API.md Attachment).
type Attachment struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Type   string    `json:"type"`
	Bytes  int64     `json:"bytes"`
	SHA256 string    `json:"sha256"`
	By     string    `json:"by"`
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`

	Path string `json:"-"` // key in the file store
}

// FileTypes are the media types that a ticket's file may have, each with the ending that
// its name gets: pictures, sound and moving pictures of the scene, and documents. None of
// them is run by a browser.
func FileTypes() map[string]string {
	return map[string]string{
		"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif", "application/pdf": ".pdf",
		"video/mp4": ".mp4", "video/webm": ".webm", "audio/wave": ".wav", "audio/mpeg": ".mp3",
	}
}
