package filing_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/layout"
)

// everySpot finds all values of a file, but for what the file says of itself.
func everySpot(t failer, set *filing.Set, tx filing.Transaction, f filing.Form, file []byte) []spot {
	t.Helper()
	l := mustLayout(t, set, tx)
	v := l.Vocabulary()
	var paths []string
	for k := range layout.KeyID(v.NumKeys()) {
		if path := v.KeyPath(k); strings.HasPrefix(path, "document.") {
			paths = append(paths, path)
		}
	}
	r := l.NewReader(bytes.NewReader(file), f, layout.Options{})
	doc := layout.NewTree(v, layout.DocumentGroup)
	var all []spot
	for document := 1; ; document++ {
		err := r.Next(doc)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, spotsIn(doc, doc.Top(), document, paths)...)
	}
}

// blanked is the file without one value.
func blanked(file []byte, f filing.Form, s spot) []byte {
	if f == filing.XMLForm {
		return withoutElement(file, s)
	}
	at := int(s.offset)
	for line := range strings.SplitSeq(s.text, "\n") { // each has a record
		at += bytes.Index(file[at:], []byte(line))
		file = slices.Concat(file[:at], bytes.Repeat([]byte(" "), len(line)), file[at+len(line):])
	}
	return file
}

// withoutElement takes the element of a value away, or each of its lines where
// they have elements of their own.
func withoutElement(file []byte, s spot) []byte {
	at := bytes.LastIndexByte(file[:s.offset+1], '<')
	for range strings.Count(s.text, "\n") + 1 {
		end := at + bytes.Index(file[at:], []byte("</"))
		end += bytes.IndexByte(file[end:], '>') + 1
		whole := bytes.Contains(file[at:end], []byte("\n"))
		file = slices.Concat(file[:at], bytes.TrimLeft(file[end:], " \r\n"))
		if whole {
			break
		}
	}
	return file
}

// sample takes some spots of each key.
func sample(all []spot, most int) []spot {
	seen := map[string]int{}
	return slices.DeleteFunc(all, func(s spot) bool {
		seen[s.path]++
		return seen[s.path] > most
	})
}

// incoming runs the test for every transaction that filers send, in each form.
func incoming(t *testing.T, test func(t *testing.T, tx filing.Transaction, f filing.Form, file []byte)) {
	t.Helper()
	eachFile(t, func(t *testing.T, set *filing.Set, tx filing.Transaction, f filing.Form) {
		if info, _ := filing.Info(tx); info.Direction != filing.In || set.Name() != filing.Own().Name() {
			t.Skip("filers do not send it by our own set")
		}
		file, err := filingtest.File(set, tx, f, 5, 26)
		if err != nil {
			t.Fatal(err)
		}
		test(t, tx, f, file)
	})
}

// lost are the codes that the loss of a value may bring though the vocabulary
// does not demand it. What is not listed may be left out without error.
var lost = map[filing.Transaction]map[string][]filing.Code{
	filing.BFWithdrawal: keyLost, filing.BFReduction: keyLost,
	filing.VEChange: {
		"case_number": {"D601"}, "of_sequence": {"D601"}, "reference": {"D602"}, "amount": {"D606"}, "until": {"D606"},
	},
	filing.VEApplication: {
		"ground": {"D611"}, "property": {"D608"}, "title.number": {"D609"},
		"respondent.address_inquiry": {"D323"}, "respondent.identity_kind": {"D202", "D203"},
		"debt.interest": {"D308"}, "debt.rate": {"D307"}, "debt.accrued": {"D302"}, "debt.accrued_to": {"D309"},
		"debt.period_from": {"D614"}, "debt.period_to": {"D614"},
	},
	filing.BFApplication: {
		"own_work_reasons": {"D319"}, "respondent.address_inquiry": {"D323"}, "respondent.identity_kind": {"D202", "D203"},
		"claim_part.interest": {"D308"}, "claim_part.rate": {"D307"}, "claim_part.accrued": {"D302"}, "claim_part.accrued_to": {"D309"},
		"claim_part.interest_ground": {"D306"}, "claim_part.ground": {"D304", "D320"}, "claim_part.due_date": {"D305"},
	},
	filing.SCClaim:       {"claim.interest": {"D302"}, "claim.security": {"D618"}},
	filing.DERequest:     {"under_collection": {"D501"}},
	filing.XXPartyChange: partyChangeLost,
}

var keyLost = map[string][]filing.Code{
	"case_number": {"D601"}, "of_sequence": {"D601"}, "reference": {"D602"}, "respondent_identity": {"D603"},
}

var partyChangeLost = map[string][]filing.Code{
	"case_number": {"D601"}, "of_sequence": {"D601"}, "reference": {"D602"},
	"party.town": {"D357"}, "party.identity_kind": {"D202", "D203"}, "workplace": {"D357"}, "of_respondent": {"D357"},
	"assignment.to_identity": {"D357"},
}

// TestAValueLostIsFoundOrNotNeeded takes each value of each document away: what
// the vocabulary or a rule demands is missed by its code, and nothing else is.
func TestAValueLostIsFoundOrNotNeeded(t *testing.T) {
	t.Parallel()
	incoming(t, func(t *testing.T, tx filing.Transaction, f filing.Form, file []byte) {
		v, _ := filing.VocabularyOf(tx)
		found := map[string][]filing.Code{}
		for _, s := range sample(everySpot(t, filing.Own(), tx, f, file), 6) {
			verdict, _ := check(t, filing.Own(), blanked(file, f, s))
			path := strings.TrimPrefix(s.path, "document.")
			if v.Key(v.FindKey(s.path)).Required {
				if !missed(verdict) {
					t.Errorf("without %s: %s, %v; it is required", path, verdict.Outcome, codesOf(verdict.Errors))
				}
				continue
			}
			for _, e := range verdict.Errors {
				found[path] = append(found[path], e.Code)
				if !slices.Contains(lost[tx][path], e.Code) {
					t.Errorf("without %s: %+v", path, e)
				}
			}
			expectDocuments(t, tx, verdict, s.document)
		}
		for path, codes := range lost[tx] {
			if !slices.ContainsFunc(codes, func(c filing.Code) bool { return slices.Contains(found[path], c) }) {
				t.Errorf("%s was never missed by any of %v", path, codes)
			}
		}
	})
}

// expectDocuments holds the outcome to the mode of the transaction (R43).
func expectDocuments(t *testing.T, tx filing.Transaction, v filing.Verdict, document int) {
	t.Helper()
	policy, _ := filing.Own().Policy(tx)
	want, refused := filing.Approved, []int(nil)
	switch {
	case len(v.Errors) == 0:
	case policy.DocumentErrors == filing.PerDocument:
		want, refused = filing.ApprovedInPart, []int{document}
	default:
		want = filing.Rejected
	}
	if v.Outcome != want || !slices.Equal(v.Refused, refused) {
		t.Errorf("%s, refused %v, wants %s, %v", v.Outcome, v.Refused, want, refused)
	}
}

// TestASpoiltValueIsFound writes a mark into each value that is not a text: it
// is found in its document and nowhere else.
func TestASpoiltValueIsFound(t *testing.T) {
	t.Parallel()
	incoming(t, func(t *testing.T, tx filing.Transaction, f filing.Form, file []byte) {
		v, _ := filing.VocabularyOf(tx)
		for _, s := range sample(everySpot(t, filing.Own(), tx, f, file), 2) {
			switch v.Key(v.FindKey(s.path)).Kind {
			case layout.Text, layout.Digits:
				continue
			}
			spoilt := slices.Clone(file)
			spoilt[int(s.offset)+bytes.Index(file[s.offset:], []byte(s.text))] = '?'
			verdict, _ := check(t, filing.Own(), spoilt)
			if !slices.ContainsFunc(verdict.Errors, func(e filing.Error) bool { return e.Document == s.document && ofField(e) }) {
				t.Errorf("%s spoilt: %v", s.path, codesOf(verdict.Errors))
			}
			expectDocuments(t, tx, verdict, s.document)
		}
	})
}

// ofField tells of a value that does not read as its format wants.
func ofField(e filing.Error) bool {
	info, _ := filing.Explain(string(e.Code))
	return e.Code == "D460" || slices.ContainsFunc(info.Faults, func(f string) bool { return strings.HasPrefix(f, "field-") })
}

// missed tells of a verdict that something demanded is not there.
func missed(v filing.Verdict) bool {
	return slices.ContainsFunc(v.Errors, func(e filing.Error) bool {
		info, _ := filing.Explain(string(e.Code))
		return slices.ContainsFunc(info.Faults, func(f string) bool { return strings.Contains(f, "missing") || strings.Contains(f, "required") })
	})
}
