package blob_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/blob/blobtest"
)

// sweepable holds "known" and "orphan" from the first hour and "young" from
// the second.
func sweepable(t *testing.T) (*blobtest.Memory, time.Time) {
	t.Helper()
	now := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	m := blobtest.NewMemory(func() time.Time { return now })
	for _, key := range []string{"known", "orphan", "young"} {
		if key == "young" {
			now = now.Add(time.Hour)
		}
		if _, err := m.Put(t.Context(), key, strings.NewReader(key)); err != nil {
			t.Fatal(err)
		}
	}
	return m, now
}

func left(t *testing.T, s blob.Store) string {
	t.Helper()
	var keys []string
	for info, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, info.Key)
	}
	return strings.Join(keys, " ")
}

func known(key string) (bool, error) { return key == "known", nil }

func TestSweep(t *testing.T) {
	t.Parallel()
	m, now := sweepable(t)
	n, err := blob.Sweep(t.Context(), m, now, known)
	if got := left(t, m); n != 1 || err != nil || got != "known young" {
		t.Errorf("swept %d, left %s: %v", n, got, err)
	}
}

func TestSweepKeepsWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	m, now := sweepable(t)
	down := errors.New("the database is down")
	n, err := blob.Sweep(t.Context(), m, now, func(string) (bool, error) { return false, down })
	if got := left(t, m); n != 0 || !errors.Is(err, down) || got != "known orphan young" {
		t.Errorf("swept %d, left %s: %v", n, got, err)
	}
}

func TestSweepGoesOnAfterAFailure(t *testing.T) {
	t.Parallel()
	m, now := sweepable(t)
	m.FailDelete(blobtest.Before)
	none := func(string) (bool, error) { return false, nil }
	n, err := blob.Sweep(t.Context(), m, now, none)
	if got := left(t, m); n != 1 || !errors.Is(err, blobtest.ErrInjected) || got != "known young" {
		t.Errorf("swept %d, left %s: %v", n, got, err)
	}
	if n, err = blob.Sweep(t.Context(), m, now, none); n != 1 || err != nil {
		t.Errorf("a second time: %d, %v", n, err)
	}
}
