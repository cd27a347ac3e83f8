package auth

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheTable(t *testing.T) {
	t.Parallel()
	for _, r := range Roles() {
		require.True(t, r.Known())
		require.True(t, OwnSession.MetBy(r), "%s may sign in", r)
		require.True(t, r.Includes(r))
	}
	require.False(t, Role("king").Known())
	require.Empty(t, Role("king").May())
	require.False(t, Role("king").Includes("king"))
	require.False(t, Role("").Includes(""))

	// Beside the ladder: a session, and what is theirs.
	require.Equal(t, []Permission{OwnSession, OwnAccount, Listen, SearchRecordings, ReadAudit}, Auditor.May())
	require.Equal(t, []Permission{OwnSession, OwnAccount, ReadArticles}, AgencyOfficer.May())
	require.Equal(t, []Permission{OwnSession, OwnAccount, ReadArticles, WriteArticles}, Editor.May())
	require.Len(t, Admin.May(), len(table()), "an admin may do everything")
}

func TestWhoIsAboveMayWhatWhoIsBelowMay(t *testing.T) {
	t.Parallel()
	for _, above := range Roles() {
		for _, below := range Roles() {
			if !above.Includes(below) {
				require.False(t, below.MetBy(above))
				continue
			}
			for _, p := range below.May() {
				require.True(t, p.MetBy(above), "%s may %s, and so may %s", below, p, above)
			}
		}
	}
}

func TestALockedConsoleMayWhatACallDependsOn(t *testing.T) {
	t.Parallel()
	for _, p := range Admin.May() {
		require.Equal(t, p == OwnSession || p == WorkDesk || p == SeeLive, p.WhileLocked(), p)
	}
	require.False(t, Supervisor.WhileLocked())
	require.False(t, Permission("").WhileLocked())
}

func TestRoleNamesAreToldAsASentence(t *testing.T) {
	t.Parallel()
	require.Equal(t, "agent, shift_lead, supervisor, admin, auditor, agency_officer or editor", RoleNames())
}
