package auth

import (
	"slices"
	"strings"
)

// Role is what somebody is here.
type Role string

// The roles. Agent to Admin are a ladder; the others stand beside it.
const (
	Agent         Role = "agent"
	ShiftLead     Role = "shift_lead"
	Supervisor    Role = "supervisor"
	Admin         Role = "admin"
	Auditor       Role = "auditor"
	AgencyOfficer Role = "agency_officer" // answers tickets of an agency
	Editor        Role = "editor"         // writes the knowledge base
)

// Permission is something that a role may do.
type Permission string

// The permissions.
const (
	OwnSession Permission = "own_session" // sign in and out
	OwnAccount Permission = "own_account" // one's own password and second factor
	WorkDesk   Permission = "work_desk"   // take calls
	ReadCalls  Permission = "read_calls"  // tickets, calls, colleagues
	Listen     Permission = "listen"      // to recordings; each is in the audit log
	SeeLive    Permission = "see_live"    // the wallboard

	SearchRecordings Permission = "search_recordings" // the list of all that were kept

	OwnShifts     Permission = "own_shifts"     // one's own shifts, leaves and swaps
	LeadShift     Permission = "lead_shift"     // all shifts, leaves, swaps, substitutes, alarms
	PutNotice     Permission = "put_notice"     // what all callers hear
	Supervise     Permission = "supervise"      // listen in, move callers, change states, message desks
	EditRoster    Permission = "edit_roster"    // plan shifts
	EditPrompts   Permission = "edit_prompts"   // speak in place of the machine
	EditConfig    Permission = "edit_config"    // menus, queues, skills, shifts and texts
	EditLadders   Permission = "edit_ladders"   // where emergencies go
	ManageStaff   Permission = "manage_staff"   // people, their roles and passwords
	ReadAudit     Permission = "read_audit"     // who did what, and who listened to what
	ReadArticles  Permission = "read_articles"  // the knowledge base
	WriteArticles Permission = "write_articles" // in it
)

// may is a line of the table: who may do it, and whether a locked console may still ask
// for it, because a call or a wall depends on it.
type may struct {
	what  Permission
	roles [7]bool
	lock  bool
}

// columns of the table.
func columns() [7]Role {
	return [7]Role{Agent, ShiftLead, Supervisor, Admin, Auditor, AgencyOfficer, Editor}
}

// table is who may do what.
func table() []may {
	const y, n = true, false
	return []may{
		//               agent lead superv. admin auditor officer editor   while locked
		{OwnSession, [7]bool{y, y, y, y, y, y, y}, y},
		{OwnAccount, [7]bool{y, y, y, y, y, y, y}, n},
		{WorkDesk, [7]bool{y, y, y, y, n, n, n}, y},
		{SeeLive, [7]bool{y, y, y, y, n, n, n}, y},
		{ReadCalls, [7]bool{y, y, y, y, n, n, n}, n},
		{Listen, [7]bool{y, y, y, y, y, n, n}, n},
		{SearchRecordings, [7]bool{n, n, y, y, y, n, n}, n},
		{OwnShifts, [7]bool{y, y, y, y, n, n, n}, n},
		{LeadShift, [7]bool{n, y, y, y, n, n, n}, n},
		{PutNotice, [7]bool{n, y, y, y, n, n, n}, n},
		{Supervise, [7]bool{n, n, y, y, n, n, n}, n},
		{EditRoster, [7]bool{n, n, y, y, n, n, n}, n},
		{EditPrompts, [7]bool{n, n, y, y, n, n, n}, n},
		{EditConfig, [7]bool{n, n, y, y, n, n, n}, n},
		{EditLadders, [7]bool{n, n, n, y, n, n, n}, n},
		{ReadAudit, [7]bool{n, n, n, y, y, n, n}, n},
		{ManageStaff, [7]bool{n, n, n, y, n, n, n}, n},
		{ReadArticles, [7]bool{y, y, y, y, n, y, y}, n},
		{WriteArticles, [7]bool{n, n, y, y, n, n, y}, n},
	}
}

// Roles are all there are, in the order of the table.
func Roles() []Role {
	all := columns()
	return all[:]
}

// RoleNames says the roles there are, for people who have to write one.
func RoleNames() string {
	var names []string
	for _, r := range Roles() {
		names = append(names, string(r))
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Known says whether there is such a role.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// Seated says whether this role sits in shifts: the roster plans for it.
func (r Role) Seated() bool { return r == Agent || r == ShiftLead }

// Includes says whether r is other, or above it on the ladder of those who take calls.
// Who stands beside the ladder includes nobody else.
func (r Role) Includes(other Role) bool {
	ladder := []Role{Agent, ShiftLead, Supervisor, Admin}
	mine, its := slices.Index(ladder, r), slices.Index(ladder, other)
	if mine < 0 || its < 0 {
		return r == other && r.Known()
	}
	return mine >= its
}

// May lists what the role may do.
func (r Role) May() []Permission {
	var all []Permission
	for _, line := range table() {
		if line.what.MetBy(r) {
			all = append(all, line.what)
		}
	}
	return all
}

// Need is what it takes to do something: a permission, or a role on the ladder.
type Need interface {
	MetBy(r Role) bool
	// WhileLocked says whether it may also be done from a console that is locked.
	WhileLocked() bool
}

// MetBy says whether r has this permission.
func (p Permission) MetBy(r Role) bool {
	column := slices.Index(Roles(), r)
	for _, line := range table() {
		if line.what == p {
			return column >= 0 && line.roles[column]
		}
	}
	return false
}

// WhileLocked says whether a locked console may still ask for it.
func (p Permission) WhileLocked() bool {
	return slices.ContainsFunc(table(), func(line may) bool { return line.what == p && line.lock })
}

// MetBy says whether other is this role or above it.
func (r Role) MetBy(other Role) bool { return other.Includes(r) }

// WhileLocked is false: what asks for a role and no permission is nothing that a call
// depends on.
func (r Role) WhileLocked() bool { return false }
