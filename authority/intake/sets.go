package intake

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// storeSets keeps sets for good, by digest.
func (a *Archive) storeSets(ctx context.Context, sets filing.Sets) error {
	err := a.db.Do(ctx, func(tx store.Tx) error {
		for _, s := range sets {
			_, err := tx.Exec(`INSERT INTO intake_profile_set (digest, name, valid_from, archive) VALUES ($1, $2, $3, $4)
				ON CONFLICT (digest) DO NOTHING`, s.Digest(), s.Name(), s.ValidFrom().String(), s.Archive())
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("intake: store the profile sets: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, s := range sets {
		a.sets[s.Digest()] = s
	}
	return nil
}

// Set returns the set of the digest, also one that is no longer configured.
func (a *Archive) Set(r store.Reader, digest string) (*filing.Set, error) {
	a.mu.RLock()
	s, ok := a.sets[digest]
	a.mu.RUnlock()
	if ok {
		return s, nil
	}
	s, err := readSet(r, digest)
	if err != nil {
		return nil, fmt.Errorf("intake: read profile set %s: %w", digest, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sets[digest] = s
	return s, nil
}

func readSet(r store.Reader, digest string) (*filing.Set, error) {
	var archive []byte
	err := r.QueryRow(`SELECT archive FROM intake_profile_set WHERE digest = $1`, digest).Scan(&archive)
	if err != nil {
		return nil, err
	}
	s, err := filing.ReadArchive(archive)
	if err != nil {
		return nil, err
	}
	if s.Digest() != digest {
		return nil, errors.New("the stored bytes give another digest")
	}
	return s, nil
}
