package config

import (
	"slices"
	"time"
)

// Document is a file of the folder that people edit while the hotline runs.
type Document struct {
	Name string // in addresses and in the history
	File string // below the folder
	Vi   string
	En   string
	// Now says that a change is in use at once; another one is with the next start.
	Now bool
	// Guarded says that lives depend on it: it takes an admin, who says so twice.
	Guarded bool
}

// Documents lists them. hotline.yaml is none: what it says belongs to the machine, and a
// wrong port there cannot be mended through that port.
func Documents() []Document {
	return []Document{
		{Name: "ivr", File: "ivr.yaml", Vi: "Menu thoại", En: "Menus", Now: true},
		{Name: "queues", File: "queues.yaml", Vi: "Hàng chờ và kỹ năng", En: "Queues and skills", Now: true},
		{Name: "emergency", File: "emergency.yaml", Vi: "Nơi nhận cuộc gọi khẩn cấp", En: "Destinations of emergencies", Now: true, Guarded: true},
		{Name: "prompts-vi", File: "prompts/vi.yaml", Vi: "Lời thoại tiếng Việt", En: "Vietnamese prompts", Now: true},
		{Name: "prompts-en", File: "prompts/en.yaml", Vi: "Lời thoại tiếng Anh", En: "English prompts", Now: true},
		{Name: "outside", File: "outside.yaml", Vi: "Quy định gọi ra ngoài", En: "Calls to outside numbers", Now: true},
		{Name: "shifts", File: "shifts.yaml", Vi: "Ca trực, ngày lễ, lý do tạm dừng", En: "Shifts, holidays, pause reasons"},
		{Name: "stations", File: "stations.yaml", Vi: "Trạm cấp cứu", En: "Ambulance stations"},
		{Name: "fields", File: "fields.yaml", Vi: "Lĩnh vực", En: "Fields"},
		{Name: "wall", File: "wall.yaml", Vi: "Ngưỡng cảnh báo của bảng theo dõi", En: "Limits of the wallboard"},
		{Name: "staffing", File: "staffing.yaml", Vi: "Cam kết và nhân lực", En: "Promises and staffing"},
	}
}

// DocumentNamed finds one of them.
func DocumentNamed(name string) (Document, bool) {
	all := Documents()
	i := slices.IndexFunc(all, func(d Document) bool { return d.Name == name })
	if i < 0 {
		return Document{}, false
	}
	return all[i], true
}

// Version is a document as somebody saved it.
type Version struct {
	Document string
	Number   int // from 1
	At       time.Time
	By       string // a member of staff; "" when it was found on disk, changed by hand
	ByName   string
	Why      string
	Text     string // left out of lists
	SHA256   string // of the text, in hexadecimal
}
