package evening

import (
	"testing"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

func TestPace(t *testing.T) {
	t.Parallel()
	p := newPace(store.SQLite, service.ChunkSize)
	steps := []struct {
		perDocument time.Duration
		want        int
	}{
		{50 * time.Microsecond, 200}, // doubles
		{20 * time.Microsecond, 400},
		{20 * time.Microsecond, service.ChunkSize},
		{250 * time.Microsecond, 50}, // fits the aim of 12.5 ms
		{time.Second, leastChunk},
		{0, 2 * leastChunk},
	}
	for i, s := range steps {
		p.took(p.next(), time.Duration(p.next())*s.perDocument)
		if p.next() != s.want {
			t.Errorf("step %d: chunks of %d, want %d", i, p.next(), s.want)
		}
	}
	steady := newPace(store.Postgres, 300)
	steady.took(300, time.Minute)
	if steady.next() != 300 {
		t.Errorf("PostgreSQL: chunks of %d", steady.next())
	}
}
