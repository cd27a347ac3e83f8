package switchboard

import (
	"context"
	"errors"
	"strings"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/internal/outside"
)

// ErrNoWayOut says that calls to outside numbers have nowhere to go.
var ErrNoWayOut = errors.New("no calls to outside numbers; set sip.out in configs/hotline.yaml")

// callOutside is the one way to a telephone outside: nothing is dialled that the policy
// does not allow this agent now. The leg follows as of any invitation. A refusal is an
// *outside.Refusal. Urgent is what a citizen asked for or needs: of it only the number is
// judged.
func (b *Board) callOutside(agent call.AgentID, leg, typed string, urgent bool) (outside.Permit, error) {
	if b.outside == nil || b.policy == nil {
		return outside.Permit{}, ErrNoWayOut
	}
	permit, err := b.policy.Ask(time.Now(), agent, leg, typed, urgent)
	if err != nil {
		return outside.Permit{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), b.opts.RequestTimeout)
	defer cancel()
	if err := b.dialOutside(ctx, agent, leg, permit); err != nil {
		b.policy.Ended(leg)
		return outside.Permit{}, err
	}
	return permit, nil
}

// dialOutside invites whom the policy has permitted with that leg.
func (b *Board) dialOutside(ctx context.Context, agent call.AgentID, leg string, permit outside.Permit) error {
	id, _ := call.Of(leg)
	b.journal.Append(id, call.CalledOut{Leg: leg, Agent: agent, Number: permit.Number})
	return b.outside.InviteOutside(ctx, leg, permit.Dial, b.opts.CallerID, id)
}

// dialDestination is the emergencies' own way out: to a rung of the plan, which the operator
// has written and the configuration has checked, and to nothing that anybody types. So no
// policy is asked, and no limit keeps a citizen from a command centre.
func (b *Board) dialDestination(s *session, leg string, to emergency.Rung, plan emergency.Plan) func(context.Context) error {
	callerID := b.opts.CallerID
	if plan.Caller == emergency.AsCitizen && strings.HasPrefix(s.caller, "+") {
		callerID = s.caller
	}
	headers := make([]emergency.Header, len(plan.Headers))
	for i, h := range plan.Headers {
		headers[i] = emergency.Header{Name: h.Name, Value: h.Fill(s.caller, s.id)}
	}
	return func(ctx context.Context) error {
		return b.destinations.InviteDestination(ctx, leg, to, callerID, headers, s.id)
	}
}

// mayBeCalled says whether that number may be promised to be called back.
func (b *Board) mayBeCalled(number string) bool {
	if b.policy == nil {
		return false
	}
	allowed, err := b.policy.Number(number)
	return err == nil && allowed == number
}
