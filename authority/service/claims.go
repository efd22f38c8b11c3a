package service

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Claims are the claims that the filers of a service have lodged, each told by a
// number that stands with the case, so that one that is lodged again is found by
// an index alone.
type Claims filing.Service

// Claim is the number of what a filer claims: of its main code, and of what tells
// the claim, as creditor, invoice and debtor. It is "none", 0, if any of that is
// missing.
func (Claims) Claim(mainCodeID int64, told ...string) int64 {
	text := strconv.AppendInt(make([]byte, 0, 80), mainCodeID, 10)
	for _, one := range told {
		if one == "" {
			return 0
		}
		text = append(append(text, 0), one...)
	}
	sum := sha256.Sum256(text)
	return max(1, int64(binary.BigEndian.Uint64(sum[:])>>1))
}

// Guard takes the guard of what a filer claims, so that of two files with the same
// claim, read in at the same time, the later sees what the earlier has lodged.
func (c Claims) Guard(tx store.Tx, mainCodeID int64) error {
	_, err := tx.Exec(`INSERT INTO service_claims (service, main_code_id, chunks) VALUES ($1, $2, 1)
		ON CONFLICT (service, main_code_id) DO UPDATE SET chunks = service_claims.chunks + 1`, string(c), mainCodeID)
	if err != nil {
		return fmt.Errorf("service: take the guard of the claims of code %d in %s: %w", mainCodeID, c, err)
	}
	return nil
}

// Lodged reads by claim the number of the case in which it stands. The query
// selects both for a list of claims, whose places are its %s.
func (Claims) Lodged(r store.Reader, query string, wanted []int64) (map[int64]string, error) {
	numbers := map[int64]string{}
	for some := range store.Chunks(wanted) {
		places, args := store.Among(1, some)
		for row, err := range store.Each(r.Query(fmt.Sprintf(query, places), args...)) {
			if err != nil {
				return nil, err
			}
			var claim int64
			var number string
			if err := row.Scan(&claim, &number); err != nil {
				return nil, err
			}
			numbers[claim] = number
		}
	}
	return numbers, nil
}
