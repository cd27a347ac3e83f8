package postgres

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

// AgentState is an agent after the last event about them.
type AgentState struct {
	Agent  call.AgentID
	State  call.AgentState
	Reason call.PauseReason // when paused
	Call   call.ID          // the call that the move belonged to, if any
	Since  time.Time
}

// AgentStates lists the agents about whom there was ever an event.
func (d *DB) AgentStates(ctx context.Context) ([]AgentState, error) {
	rows, err := d.q.AgentStates(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the agents' states: %w", err)
	}
	states := make([]AgentState, len(rows))
	for i, r := range rows {
		states[i] = AgentState{
			Agent: call.AgentID(r.Agent), State: call.AgentState(r.State), Reason: call.PauseReason(r.Reason),
			Call: call.ID(r.Call), Since: r.Since.UTC(),
		}
	}
	return states, nil
}

// moveAgents brings the agents' states up to date. A move that the table refuses is
// logged and left out: the next one stands for itself.
func (d *DB) moveAgents(ctx context.Context, tx pgx.Tx, events []call.Event) error {
	last := map[call.AgentID]call.Event{}
	for _, e := range ticket.Ordered(events) {
		if f, ok := e.Fact.(call.AgentMoved); ok {
			last[f.Agent] = e
		}
	}
	for _, agent := range slices.Sorted(maps.Keys(last)) { // in one order, so that two writers do not wait for each other
		row := agentRow(last[agent])
		err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { return d.q.WithTx(tx).SaveAgent(ctx, row) })
		switch {
		case refusedByChecks(err):
			d.log.ErrorContext(ctx, "a move of an agent was refused; its event is kept", slog.String("agent", row.Agent),
				slog.String("from", row.From), slog.String("to", row.State), slog.String("call", row.Call), slog.Any("error", err))
		case err != nil:
			return fmt.Errorf("writing the agents' states: %w", err)
		}
	}
	return nil
}

func agentRow(e call.Event) db.SaveAgentParams {
	f, _ := e.Fact.(call.AgentMoved)
	node, seq := ticket.NodeAndSequence(e.ID)
	return db.SaveAgentParams{
		Agent: clean(string(f.Agent)), From: string(f.From), State: string(f.To), Reason: clean(string(f.Reason)),
		Call: clean(string(e.Call)), Since: e.At, Node: clean(node), Seq: int64(seq), //nolint:gosec // a journal does not get that long
	}
}
