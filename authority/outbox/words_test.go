package outbox_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
)

// What a peer says may be long, end within a character, or hold what is no
// text: it must not keep the message from being postponed or quarantined.
func TestWordsOfPeersFitInRows(t *testing.T) {
	words := map[string]string{
		"long":       strings.Repeat("å", 5000),
		"odd cut":    "x" + strings.Repeat("å", 5000),
		"not UTF-8":  "p\xe5 svenska",
		"NUL":        "a\x00b",
		"whole page": strings.Repeat("<p>fel</p>\n", 1000),
	}
	for name, text := range words {
		t.Run(name, func(t *testing.T) {
			each(t, func(b *bench) {
				p, clock := &peer{answer: answering(errors.New(text))}, &wallClock{now: epoch}
				pusher := b.pusher(p, clock, outbox.PushPolicy{Attempts: 2})
				pushed, faulty := b.pushed(1, filer), b.message(2)
				b.put(pushed, faulty)
				for range 2 {
					b.push(pusher, 0)
					clock.advance(24 * time.Hour)
				}
				b.must(b.do(func(tx store.Tx) error {
					_, err := b.box.Fault(tx, filer, faulty.CorrID, faulty.ContentID, text, text, epoch)
					return err
				}))
				b.saidInQuarantine(2)
			})
		})
	}
}

func (b *bench) saidInQuarantine(want int) {
	b.Helper()
	b.must(b.db.Read(b.Context(), func(r store.Reader) error {
		all, err := b.box.Quarantined(r, 0, 10)
		if len(all) != want {
			b.Errorf("%d in quarantine, want %d", len(all), want)
		}
		for _, q := range all {
			for _, said := range []string{q.Code, q.Info} {
				if said == "" || len(said) > 2000 || !utf8.ValidString(said) || strings.Contains(said, "\x00") {
					b.Errorf("kept: %.80q, %d bytes", said, len(said))
				}
			}
		}
		return err
	}))
}
