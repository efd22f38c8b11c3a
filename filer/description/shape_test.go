package description

import (
	"bytes"
	"encoding/json"
	"testing"

	"filtjanst/filing"
	"filtjanst/layout"
)

// Every transaction has a shape in each of its forms, whose keys are those of its
// vocabulary; a program finds no null.
func TestShapes(t *testing.T) {
	t.Parallel()
	set := filing.Own()
	for _, tx := range set.Transactions() {
		s, err := ShapeOf(set, tx)
		if err != nil {
			t.Fatal(err)
		}
		l, _ := set.Layout(tx)
		if l.Has(layout.TextForm) != (len(s.Text.Records) > 0) || l.Has(layout.XMLForm) != (len(s.XML.Groups) > 0) || s.Edition != l.Edition() {
			t.Errorf("%s: %d records, %d groups, edition %s", tx, len(s.Text.Records), len(s.XML.Groups), s.Edition)
		}
		for _, f := range fieldsOf(s) {
			if f.Key != "" && l.Vocabulary().FindKey(f.Key) == layout.None {
				t.Errorf("%s: the field %s%s has the key %s", tx, f.Name, f.Path, f.Key)
			}
		}
		told, err := json.Marshal(s)
		if err != nil || bytes.Contains(told, []byte("null")) {
			t.Errorf("%s: %v: %s", tx, err, told)
		}
	}
	if _, err := ShapeOf(set, filing.VEInvestigation); err == nil {
		t.Error("a transaction that is carried in another's file has a shape of its own")
	}
}

func fieldsOf(s *Shape) (all []Field) {
	for _, r := range s.Text.Records {
		all = append(all, r.Fields...)
	}
	for _, g := range s.XML.Groups {
		all = append(all, g.Fields...)
	}
	return all
}
