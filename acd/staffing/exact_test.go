package staffing_test

import (
	"container/heap"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/staffing"
)

// number has room for 100^2000 and 400 bits of precision.
func number(x float64) *big.Float { return new(big.Float).SetPrec(400).SetFloat64(x) }

func quotient(a, b *big.Float) float64 {
	q, _ := new(big.Float).SetPrec(400).Quo(a, b).Float64()
	return q
}

// TestErlangIsItsDefinition compares with load^n/n! written out, which no float holds.
func TestErlangIsItsDefinition(t *testing.T) {
	t.Parallel()
	for _, agents := range []int{1, 2, 6, 50, 300, 2000} {
		for _, share := range []float64{0.01, 0.3, 0.8, 0.95, 0.999} {
			load := share * float64(agents)
			term, sum := number(1), number(1)
			for k := 1; k <= agents; k++ {
				term.Mul(term, number(load)).Quo(term, number(float64(k)))
				if k < agents {
					sum.Add(sum, term)
				}
			}
			all := number(0).Add(sum, term)
			near(t, quotient(term, all), staffing.ErlangB(agents, load))
			waiting := number(0).Quo(term, number(1-load/float64(agents)))
			near(t, quotient(waiting, number(0).Add(sum, waiting)), staffing.ErlangC(agents, load))
		}
	}
}

// near is the same to ten digits, or below what a float can hold well.
func near(t *testing.T, want, got float64) {
	t.Helper()
	if want > 1e-300 {
		require.InEpsilon(t, want, got, 1e-10)
	} else {
		require.InDelta(t, want, got, 1e-300)
	}
}

// TestErlangAIsItsDefinition compares with the birth and death process written out:
// from n+k in the system, n handlings and k patiences may end.
func TestErlangAIsItsDefinition(t *testing.T) {
	t.Parallel()
	for _, agents := range []int{1, 2, 6, 50, 300, 1000} {
		for _, share := range []float64{0.05, 0.5, 0.9, 1, 1.05, 1.5, 3} {
			for _, theta := range []float64{0.02, 0.3, 1, 4, 60} {
				load, n := share*float64(agents), float64(agents)
				term, all, waiting, queue := number(1), number(1), number(0), number(0)
				for k := 1; k < agents; k++ {
					term.Mul(term, number(load)).Quo(term, number(float64(k)))
					all.Add(all, term)
				}
				for k := 0; ; k++ { // k wait
					term.Mul(term, number(load)).Quo(term, number(n+float64(k)*theta))
					all.Add(all, term)
					waiting.Add(waiting, term)
					queue.Add(queue, number(0).Mul(term, number(float64(k))))
					if load < n+float64(k)*theta && quotient(term, all) < 1e-30 {
						break
					}
				}
				s := expect(t, staffing.Traffic{
					PerHour: load * 6, Handling: 10 * time.Minute, Patience: seconds(600 / theta),
				}, agents, 0)
				require.InDelta(t, quotient(waiting, all), s.Waits, 1e-9)
				require.InEpsilon(t, theta*quotient(queue, all)/load+1e-12, s.Abandoned+1e-12, 1e-6) // theta × in line = load × lost
				require.InDelta(t, s.Waits, s.Late, 1e-12, "everyone who waits is late after no time")
			}
		}
	}
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// times is a heap of when agents will be free.
type times []float64

func (h times) Len() int           { return len(h) }
func (h times) Less(i, j int) bool { return h[i] < h[j] }
func (h times) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *times) Push(x any)        { *h = append(*h, x.(float64)) }
func (h *times) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// TestErlangAIsWhatHappens plays 400,000 calls, in order of arrival, and counts as the
// wallboard does.
func TestErlangAIsWhatHappens(t *testing.T) {
	t.Parallel()
	const calls, within = 400_000, 20.0
	for _, c := range []struct {
		agents                      int
		perHour, handling, patience float64
	}{
		{6, 57, 240, 120}, {6, 90, 240, 60}, {6, 150, 240, 300}, {40, 600, 240, 90}, {3, 20, 300, 20},
	} {
		random := rand.New(rand.NewPCG(1022, uint64(c.agents)))
		free := make(times, c.agents)
		heap.Init(&free)
		var now, answer float64
		var waits, soon, late, lost, judged, answered int
		for range calls {
			now += random.ExpFloat64() * 3600 / c.perHour
			wait, patience := math.Max(free[0]-now, 0), random.ExpFloat64()*c.patience
			if wait > 0 {
				waits++
			}
			if math.Min(wait, patience) > within {
				late++
			}
			if wait > patience {
				lost++
				if patience > within {
					judged++
				}
				continue
			}
			judged++
			answered++
			answer += wait
			if wait <= within {
				soon++
			}
			free[0] = now + wait + random.ExpFloat64()*c.handling
			heap.Fix(&free, 0)
		}
		s := expect(t, staffing.Traffic{
			PerHour: c.perHour, Handling: seconds(c.handling), Patience: seconds(c.patience),
		}, c.agents, seconds(within))
		require.InDelta(t, s.Waits, float64(waits)/calls, 0.01)
		require.InDelta(t, s.InTime, float64(soon)/float64(judged), 0.01)
		require.InDelta(t, s.Late, float64(late)/calls, 0.01)
		require.InDelta(t, s.Abandoned, float64(lost)/calls, 0.01)
		require.InEpsilon(t, s.Answer.Seconds(), answer/float64(answered), 0.03)
	}
}
