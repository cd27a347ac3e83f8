package softphone

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/emiago/sipgo"
	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"
	rtpmedia "github.com/pion/webrtc/v4/pkg/media"

	"hotline1022/internal/softphone/audio"
)

// Talk is a desk's part in one call.
type Talk struct {
	Heard    *Heard
	Answered time.Time // when the 200 was sent

	id     string
	say    Source
	dialog *sipgo.DialogServerSession
	works  sync.WaitGroup
	once   sync.Once
	done   chan struct{}

	mu     sync.Mutex
	over   bool // perhaps before it was answered: a CANCEL may overtake our answer
	peer   *webrtc.PeerConnection
	cancel context.CancelFunc
}

func newTalk(dialog *sipgo.DialogServerSession, id string, say Source) *Talk {
	return &Talk{Heard: newHeard(), id: id, say: say, dialog: dialog, done: make(chan struct{})}
}

// newPeer makes a peer that speaks A-law and telephone events only, which is all
// that Asterisk is asked for.
func newPeer() (*webrtc.PeerConnection, error) {
	var engine webrtc.MediaEngine
	for _, c := range []webrtc.RTPCodecParameters{
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMA, ClockRate: audio.Rate}, PayloadType: payloadALaw},
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: "audio/telephone-event", ClockRate: audio.Rate}, PayloadType: payloadEvent},
	} {
		if err := engine.RegisterCodec(c, webrtc.RTPCodecTypeAudio); err != nil {
			return nil, err
		}
	}
	var settings webrtc.SettingEngine
	// The hotline may run on a machine, or in a namespace, whose one interface is lo.
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	// The first packet may be a key that the citizen presses, which tells nothing of the codec.
	settings.SetFireOnTrackBeforeFirstRTP(true)
	return webrtc.NewAPI(webrtc.WithMediaEngine(&engine), webrtc.WithSettingEngine(settings)).NewPeerConnection(webrtc.Configuration{})
}

// answer accepts the offer with all candidates in the answer.
func (t *Talk) answer(offer []byte) error {
	peer, err := newPeer()
	if err != nil {
		return fmt.Errorf("making a WebRTC peer: %w", err)
	}
	if !t.begins(peer) {
		return errors.Join(errOver, peer.Close())
	}
	track, err := webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMA}, "audio", "desk")
	if err != nil {
		return fmt.Errorf("making an audio track: %w", err)
	}
	peer.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		for {
			packet, _, err := remote.ReadRTP()
			if err != nil {
				return
			}
			if packet.PayloadType == payloadALaw {
				t.Heard.add(audio.DecodeALaw(packet.Payload))
			}
		}
	})
	if err := peer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: string(offer)}); err != nil {
		return fmt.Errorf("reading the offer: %w", err)
	}
	if _, err := peer.AddTrack(track); err != nil {
		return fmt.Errorf("adding the audio track: %w", err)
	}
	answer, err := peer.CreateAnswer(nil)
	if err != nil {
		return fmt.Errorf("answering the offer: %w", err)
	}
	gathered := webrtc.GatheringCompletePromise(peer)
	if err := peer.SetLocalDescription(answer); err != nil {
		return fmt.Errorf("answering the offer: %w", err)
	}
	<-gathered
	t.Answered = time.Now()
	if err := t.dialog.RespondSDP([]byte(peer.LocalDescription().SDP)); err != nil {
		return fmt.Errorf("answering the call: %w", err)
	}
	t.speak(track)
	return nil
}

// errOver is what an answer comes to when the caller has gone meanwhile.
var errOver = errors.New("the call is over")

// begins gives the talk a peer that drop will close; false when it is over already.
func (t *Talk) begins(peer *webrtc.PeerConnection) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.over {
		t.peer = peer
	}
	return !t.over
}

// speak sends what the desk says until the talk is over.
func (t *Talk) speak(track *webrtc.TrackLocalStaticSample) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over {
		return
	}
	var ctx context.Context
	ctx, t.cancel = context.WithCancel(context.Background())
	t.works.Go(func() {
		paced(ctx, packetTime, func(n int) error {
			return track.WriteSample(rtpmedia.Sample{Data: audio.EncodeALaw(t.say(n * audio.Frame)), Duration: packetTime})
		})
	})
}

// Hangup sends BYE and ends the talk.
func (t *Talk) Hangup() {
	select {
	case <-t.done:
		return
	default:
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if t.dialog.InviteResponse != nil && t.dialog.InviteResponse.IsSuccess() {
		t.dialog.Bye(ctx) //nolint:errcheck // over is over
	}
	t.drop()
}

// Done is closed when the talk is over.
func (t *Talk) Done() <-chan struct{} { return t.done }

// drop ends the talk on this side only.
func (t *Talk) drop() {
	t.once.Do(func() {
		t.mu.Lock()
		t.over = true
		peer, cancel := t.peer, t.cancel
		t.mu.Unlock()
		if cancel != nil {
			cancel()
		}
		t.works.Wait()
		if peer != nil {
			peer.Close() //nolint:errcheck // over is over
		}
		close(t.done)
	})
}
