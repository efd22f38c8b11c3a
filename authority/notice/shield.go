package notice

import (
	"fmt"
	"slices"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
)

// protected is until when persons are protected, by number as stored; zero
// while no last day is set.
type protected map[string]calendar.Day

// on tells whether the person, or the one for whom it acts, is protected on the
// day.
func (all protected) on(day calendar.Day, p Person) bool {
	return all.number(day, p.Identity) || all.number(day, p.actsFor())
}

func (all protected) number(day calendar.Day, n identity.Number) bool {
	until, found := all[store.Identity(n)]
	return found && !n.IsZero() && (until.IsZero() || day <= until)
}

// actsFor is the person who shares its protection with the one who acts for it:
// an organisation that does so has an address that is no secret.
func (p Person) actsFor() identity.Number {
	if !p.Identity.IsZero() && !p.Identity.IsNatural() {
		return identity.Number{}
	}
	return p.ActsFor
}

// peopleOf are the natural persons of letters, each once.
func peopleOf(letters []Letter) []string {
	var all []string
	add := func(n identity.Number) {
		if n.IsNatural() {
			all = append(all, store.Identity(n))
		}
	}
	for i := range letters {
		add(letters[i].Recipient.Identity)
		add(letters[i].Recipient.actsFor())
		for _, p := range letters[i].Parties {
			add(p.Identity)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// protections asks the register about numbers, as stored.
func protections(r store.Reader, numbers []string) (protected, error) {
	all := protected{}
	for some := range store.Chunks(numbers) {
		places, args := store.Among(1, some)
		for rows, err := range store.Each(r.Query(`SELECT identity, until_day FROM notice_protection
			WHERE ended IS NULL AND identity IN (`+places+`)`, args...)) {
			if err != nil {
				return nil, fmt.Errorf("notice: ask the register of protected persons: %w", err)
			}
			var full string
			var until calendar.Day
			if err := rows.Scan(&full, &until); err != nil {
				return nil, fmt.Errorf("notice: ask the register of protected persons: %w", err)
			}
			all.add(full, until)
		}
	}
	return all, nil
}

// add keeps the later of two last days.
func (all protected) add(full string, until calendar.Day) {
	if before, twice := all[full]; twice && (before.IsZero() || !until.IsZero() && until < before) {
		return
	}
	all[full] = until
}

// Protected tells which of the persons are protected on the day.
func (l *Letters) Protected(r store.Reader, day calendar.Day, persons ...identity.Number) (map[identity.Number]bool, error) {
	people := make([]Letter, len(persons))
	for i, n := range persons {
		people[i].Recipient.Identity = n
	}
	found, err := protections(r, peopleOf(people))
	if err != nil {
		return nil, err
	}
	which := map[identity.Number]bool{}
	for _, n := range persons {
		if found.number(day, n) {
			which[n] = true
		}
	}
	return which, nil
}

// Reaches tells whether a letter put on the day finds its way to the person: to
// its address or, if it is protected, by way of the Tax Agency.
func (l *Letters) Reaches(r store.Reader, day calendar.Day, p Person) (bool, error) {
	if oneLine(p.Name) == "" {
		return false, nil
	}
	if p.Protected || p.complete() {
		return true, nil
	}
	found, err := protections(r, peopleOf([]Letter{{Recipient: p}}))
	return found.on(day, p), err
}

// shield makes a person protected in all letters that name it or go to who acts
// for it, those in the queue too: addresses go, and what is still to be sent to
// the person is forwarded. The indexes leave the empty out, so the query must.
func shield(tx store.Tx, person identity.Number) error {
	full := store.Identity(person)
	ids, err := store.Collect(store.Only[int64])(tx.Query(`SELECT letter FROM notice_person WHERE identity = $1 AND identity <> '' AND NOT protected
		UNION SELECT letter FROM notice_person WHERE acts_for = $1 AND acts_for <> '' AND NOT protected ORDER BY letter`, full))
	if err != nil {
		return fmt.Errorf("notice: find the letters of %s: %w", person, err)
	}
	for chunk := range slices.Chunk(ids, MaxFetch) {
		items, err := readItems(tx, chunk)
		if err != nil {
			return fmt.Errorf("notice: read the letters of %s: %w", person, err)
		}
		for _, it := range items {
			if err := rewrite(tx, withhold(it.Letter.protecting(protected{full: 0}))); err != nil {
				return fmt.Errorf("notice: protect %s in letter %d: %w", person, it.ID, err)
			}
		}
	}
	return nil
}

// shieldLate protects those who came into the register while a letter that names
// them was being put, so that neither transaction saw the other.
func shieldLate(tx store.Tx, items []Item, day calendar.Day) error {
	letters := make([]Letter, len(items))
	for i := range items {
		letters[i] = items[i].Letter
	}
	found, err := protections(tx, peopleOf(letters))
	if err != nil {
		return err
	}
	for i := range items {
		shown := items[i].protectingOn(day, found)
		if slices.Equal(shown.persons(), items[i].persons()) {
			continue
		}
		items[i].Letter = withhold(shown)
		if err := rewrite(tx, items[i].Letter); err != nil {
			return fmt.Errorf("notice: protect the persons of letter %d: %w", items[i].ID, err)
		}
	}
	return nil
}
