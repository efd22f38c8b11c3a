package notice

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"filtjanst/authority/store"
)

const itemColumns = `id, message, case_number, reference, officer, language, day, facts, state, attempts, sent, reason,
	purge_after, blocked`

func scanItem(rows *store.Rows) (it Item, err error) {
	var facts string
	var sent sql.NullInt64
	err = rows.Scan(&it.ID, &it.Message, &it.CaseNumber, &it.Reference, &it.Officer, &it.Language, &it.Day, &facts, &it.State,
		&it.Attempt, &sent, &it.Reason, &it.PurgeAfter, &it.Blocked)
	if err != nil {
		return it, err
	}
	if sent.Valid {
		it.Sent = store.Moment(sent.Int64)
	}
	if err := json.Unmarshal([]byte(facts), &it.Facts); err != nil {
		return it, fmt.Errorf("read the facts of letter %d: %w", it.ID, err)
	}
	return it, nil
}

// readItems reads the letters of at most MaxFetch ids, in the order of id.
func readItems(r store.Reader, ids []int64) ([]Item, error) {
	places, args := store.Among(1, ids)
	items, err := store.Collect(scanItem)(r.Query(`SELECT `+itemColumns+` FROM notice_letter
		WHERE id IN (`+places+`) ORDER BY id`, args...))
	if err != nil {
		return nil, err
	}
	return items, addPersons(r, items)
}

// placed is a person in its place in a letter.
type placed struct {
	letter, position int64
	Person
}

func scanPerson(rows *store.Rows) (p placed, err error) {
	var number, actsFor string
	err = rows.Scan(&p.letter, &p.position, &p.Role, &number, &actsFor, &p.Name, &p.CareOf, &p.Street, &p.PostalCode, &p.Town,
		&p.Country, &p.Protected)
	if err != nil {
		return p, err
	}
	if p.Identity, err = store.ParseIdentity(number); err != nil {
		return p, err
	}
	p.ActsFor, err = store.ParseIdentity(actsFor)
	return p, err
}

// addPersons fills in recipients and parties.
func addPersons(r store.Reader, items []Item) error {
	if len(items) == 0 {
		return nil
	}
	at := make(map[int64]*Item, len(items))
	ids := make([]int64, len(items))
	for i := range items {
		at[items[i].ID], ids[i] = &items[i], items[i].ID
	}
	places, args := store.Among(1, ids)
	all, err := store.Collect(scanPerson)(r.Query(`SELECT letter, position, role, identity, acts_for, name, care_of, street,
		postal_code, town, country, protected FROM notice_person
		WHERE letter IN (`+places+`) ORDER BY letter, position`, args...))
	if err != nil {
		return err
	}
	for _, p := range all {
		it := at[p.letter]
		if p.position == 0 {
			it.Recipient = p.Person
			continue
		}
		it.Parties = append(it.Parties, p.Person)
	}
	return nil
}
