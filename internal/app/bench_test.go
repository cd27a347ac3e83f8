package app_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
)

// latencies are of calls that were made one after the other.
type latencies []time.Duration

// report tells the median and the 99th percentile, in milliseconds.
func (l latencies) report(b *testing.B, name string) {
	b.Helper()
	slices.Sort(l)
	at := func(share float64) float64 {
		return float64(l[min(int(share*float64(len(l))), len(l)-1)].Microseconds()) / 1000
	}
	b.ReportMetric(at(0.5), name+"-p50-ms")
	b.ReportMetric(at(0.99), name+"-p99-ms")
}

// BenchmarkGreeting is the time from the citizen's INVITE to the first sound of the
// greeting on the citizen's wire.
func BenchmarkGreeting(b *testing.B) {
	w := begin(b, nil)
	phone := w.telephone()
	var greeted latencies
	for b.Loop() {
		c := w.dials(phone, "0908123456")
		greeted = append(greeted, c.Heard.FirstSound().Sub(c.Invited))
		c.Hangup()
	}
	greeted.report(b, "invite-to-greeting")
	b.ReportMetric(0, "ns/op") // says nothing here
}

// BenchmarkAnswer is the time from the agent's 200 OK to the first packet of the other
// side's tone, on both sides: the later of the two.
func BenchmarkAnswer(b *testing.B) {
	w := begin(b, nil)
	phone := w.telephone()
	events := make(chan softphone.DeskEvent, 64)
	w.desk("lan.nguyen", softphone.DeskOptions{Tell: func(e softphone.DeskEvent) { events <- e }})
	happens := func(what string) softphone.DeskEvent {
		for e := range events {
			if e.What == what {
				return e
			}
		}
		return softphone.DeskEvent{}
	}
	var both latencies
	for b.Loop() {
		ctx, cancel := w.soon()
		c := w.dials(phone, "0908123456")
		require.NoError(b, c.Press(ctx, "21"))
		talk := happens("answered").Talk
		citizen, err := c.Heard.WaitTone(ctx, agentTone, 100*time.Millisecond)
		require.NoError(b, err)
		agent, err := talk.Heard.WaitTone(ctx, citizenTone, 100*time.Millisecond)
		require.NoError(b, err)
		both = append(both, max(citizen.Sub(talk.Answered), agent.Sub(talk.Answered)))
		c.Hangup()
		happens("wrapped_up")
		cancel()
	}
	both.report(b, "answer-to-two-way")
	b.ReportMetric(0, "ns/op") // says nothing here
}

// BenchmarkEmergencyKey is the time from the end of the key for the fire brigade, on the
// citizen's wire, to the INVITE on the command centre's: with nothing else to do, and while
// ten citizens a second call, of whom a hundred stand in line.
func BenchmarkEmergencyKey(b *testing.B) {
	for name, busy := range map[string]bool{"idle": false, "surge": true} {
		b.Run(name, func(b *testing.B) {
			invited := make(chan time.Time, 1)
			centre, err := softphone.NewPhone("127.0.0.1")
			require.NoError(b, err)
			b.Cleanup(centre.Close)
			centre.Answer(func(in softphone.Incoming) softphone.Reply {
				invited <- in.At
				return softphone.Reply{}
			})
			w := begin(b, func(c *config.Config) {
				c.Hotline.Out, c.Emergency.Trial = centre.Address(), false
			})
			phone := w.telephone()
			if busy {
				b.Cleanup(w.crowd(phone))
			}
			var rung latencies
			for b.Loop() {
				ctx, cancel := w.soon()
				c := w.dials(phone, "0908123456")
				require.NoError(b, c.Press(ctx, "22"))
				at := <-invited
				rung = append(rung, at.Sub(c.KeyEnded()))
				c.Hangup()
				cancel()
			}
			rung.report(b, "key-to-centre")
			b.ReportMetric(0, "ns/op") // says nothing here
		})
	}
}

// crowd has ten citizens a second call and wait in line for ten seconds each, until it is
// stopped.
func (w *world) crowd(phone *softphone.Phone) (stop func()) {
	ctx, cancel := context.WithCancel(w.tb.Context())
	var all sync.WaitGroup
	all.Go(func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				all.Go(func() {
					c, err := phone.Call(ctx, softphone.CallOptions{
						Via: w.config.Hotline.SIPListen, To: "1022", From: "0912345678", Say: softphone.ToneSource(loopTone), Light: true,
					})
					if err != nil {
						return
					}
					defer c.Hangup()
					c.Press(ctx, "31") //nolint:errcheck // the crowd is only there
					select {
					case <-time.After(10 * time.Second):
					case <-c.Done():
					case <-ctx.Done():
					}
				})
			case <-ctx.Done():
				return
			}
		}
	})
	return func() {
		cancel()
		all.Wait()
	}
}
