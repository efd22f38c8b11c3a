package enforcement

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// eventRepeated notes the number of another case that enforces the same title.
const eventRepeated = "title_repeated"

const claims = service.Claims(filing.Enforcement)

// claimOf is the number of a title against a debtor, 0 for a title without one.
func claimOf(mainCodeID int64, debtor identity.Number, title string) int64 {
	return claims.Claim(mainCodeID, store.Identity(debtor), title)
}

// enforced is by claim the number of the oldest open case.
func enforced(r store.Reader, wanted []int64) (map[int64]string, error) {
	numbers, err := claims.Lodged(r, `SELECT w.claim, c.number FROM (SELECT DISTINCT claim FROM enforcement_case WHERE claim IN (%s) AND claim <> 0) w
		JOIN enforcement_case c ON c.id = (SELECT o.id FROM enforcement_case o WHERE o.claim = w.claim AND o.claim <> 0
			AND o.closed IS NULL ORDER BY o.id LIMIT 1)`, wanted)
	if err != nil {
		return nil, fmt.Errorf("enforcement: find cases of the same titles: %w", err)
	}
	return numbers, nil
}

// warnOfRepeats tells in each open case of a chunk in which other case of the
// filer the same title is enforced against the same debtor: in the register, or
// earlier in the chunk.
func (d *desk) warnOfRepeats(mainCodeID int64) error {
	if err := claims.Guard(d.tx, mainCodeID); err != nil {
		return err
	}
	var wanted []int64
	for _, o := range d.opened {
		for _, c := range o.cases {
			wanted = append(wanted, c.claim)
		}
	}
	numbers, err := enforced(d.tx, wanted)
	if err != nil {
		return err
	}
	for _, o := range d.opened {
		for _, c := range o.cases {
			if err := d.warn(c, numbers); err != nil {
				return err
			}
		}
	}
	return nil
}

// warn notes the other case of which numbers tells, or adds the case to them.
func (d *desk) warn(c *kase, numbers map[int64]string) (err error) {
	if c.claim == 0 || !c.open() {
		return nil
	}
	if c.repeats = numbers[c.claim]; c.repeats == "" {
		numbers[c.claim] = c.number
		return nil
	}
	_, err = d.note(c, eventRepeated, c.state(), c.state(), happening{text: c.repeats})
	return err
}
