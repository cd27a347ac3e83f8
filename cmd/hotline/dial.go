package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
)

// runDial calls the hotline as a citizen, and prints each step.
func runDial(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("dial", flag.ContinueOnError)
	flags.SetOutput(stderr)
	via := flags.String("via", "127.0.0.1:5060", "SIP address of the hotline")
	from := flags.String("from", "0908123456", "number of the caller")
	listen := flags.String("listen", "127.0.0.1", "address to call from")
	press := flags.String("press", "", "keys to press one after the other, such as 3,1")
	gap := flags.Duration("gap", 1500*time.Millisecond, "how long to listen before each key")
	say := flags.String("say", "", "WAV file to say once connected (8 kHz, 16 bit)")
	tone := flags.Float64("tone", 440, "say a tone of that many hertz when there is no file")
	talk := flags.Duration("talk", 20*time.Second, "how long to stay after the last key")
	save := flags.String("save", "", "WAV file to keep what was heard in")
	number, rest := "", args
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		number, rest = args[0], args[1:]
	}
	if err := flags.Parse(rest); err != nil {
		return err
	}
	if number == "" {
		return errors.New("say whom to call: hotline dial 1022")
	}
	source := softphone.ToneSource(*tone)
	if *say != "" {
		data, err := os.ReadFile(*say)
		if err != nil {
			return err
		}
		channels, err := audio.ReadWAV(data)
		if err != nil {
			return fmt.Errorf("%s: %w", *say, err)
		}
		source = softphone.ClipSource(channels[0])
	}
	phone, err := softphone.NewPhone(*listen)
	if err != nil {
		return err
	}
	defer phone.Close()
	begin := time.Now()
	step := func(format string, args ...any) {
		fmt.Fprintf(stdout, "%7.3fs  %s\n", time.Since(begin).Seconds(), fmt.Sprintf(format, args...))
	}
	step("đang gọi %s / calling", number)
	ringing, cancel := context.WithTimeout(ctx, 30*time.Second)
	call, err := phone.Call(ringing, softphone.CallOptions{Via: *via, To: number, From: *from, Say: source})
	cancel()
	if err != nil {
		return fmt.Errorf("%w; is `make run` up, and does it listen on %s?", err, *via)
	}
	step("đã nhấc máy / answered")
	defer func() {
		if *save != "" {
			if err := audio.WriteWAV(*save, call.Heard.Samples()); err != nil {
				fmt.Fprintln(stderr, err)
			}
		}
	}()
	return converse(ctx, call, strings.ReplaceAll(*press, ",", ""), *gap, *talk, step)
}

// converse listens, presses keys, stays, and hangs up.
func converse(ctx context.Context, call *softphone.Call, keys string, gap, talk time.Duration, step func(string, ...any)) error {
	hearing, cancel := context.WithTimeout(ctx, 5*time.Second)
	err := call.Heard.WaitSound(hearing)
	cancel()
	if err != nil {
		step("không nghe thấy gì / nothing heard")
	} else {
		step("nghe tiếng đầu tiên / first sound, %d ms after the INVITE", call.Heard.FirstSound().Sub(call.Invited).Milliseconds())
	}
	over := func(d time.Duration) bool {
		select {
		case <-time.After(d):
			return false
		case <-call.Done():
		case <-ctx.Done():
		}
		return true
	}
	for _, key := range keys {
		if over(gap) {
			break
		}
		if err := call.Press(ctx, string(key)); err != nil {
			return err
		}
		step("bấm phím / pressed %c", key)
	}
	over(talk)
	call.Hangup()
	<-call.Done()
	by := map[string]string{"us": "người gọi gác máy / we hung up", "far end": "tổng đài gác máy / the hotline hung up"}
	step("kết thúc / ended: %s", by[call.EndedBy()])
	return nil
}
