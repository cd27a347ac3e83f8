package config

import (
	"slices"

	"hotline1022/acd"
	"hotline1022/ivr/document"
)

// target is where a queue's calls go that have waited too long: "voicemail",
// "callback", or the name of another queue.
func target(m *document.Mapping) acd.Target {
	switch to := otherwise(m, "overflow", ""); to {
	case "":
		return acd.Target{}
	case string(acd.ToVoicemail), string(acd.ToCallback):
		return acd.Target{To: acd.TargetKind(to)}
	default:
		return acd.Target{To: acd.ToQueue, Queue: to}
	}
}

// overflows checks that every queue's calls have somewhere to go, and emergencies
// people.
func overflows(k *document.Checker, list *document.Mapping, queues []acd.Queue) {
	for _, e := range list.Entries() {
		at := slices.IndexFunc(queues, func(q acd.Queue) bool { return q.Name == e.Key })
		if at < 0 {
			continue
		}
		q := queues[at]
		there := slices.ContainsFunc(queues, func(other acd.Queue) bool { return other.Name == q.Overflow.Queue && other.Name != q.Name })
		switch {
		case (q.MaxWait > 0 || q.Unstaffed) && q.Overflow.To == acd.ToNowhere:
			k.Addf(e.Line, "queue %s does not say where its calls go; write `overflow: voicemail`, `callback` or another queue", e.Key)
		case q.Overflow.To == acd.ToQueue && !there:
			k.Addf(e.Line, "queue %s overflows to %q, which is no other queue; write voicemail, callback or a queue's name", e.Key, q.Overflow.Queue)
		case q.Emergency && q.Overflow.To != acd.ToNowhere && q.Overflow.To != acd.ToQueue:
			k.Addf(e.Line, "queue %s takes emergencies, which only people may take; let it overflow to another queue", e.Key)
		}
	}
}
