package filing

// deviation is one fact on which cover note and file differ.
type deviation struct {
	code       Code
	note, file any
}

// Compare names every fact of the cover note that the file contradicts, one
// error for each with both values (R34). Documents and sum are those counted
// in the file, not those it states; of a file that breaks off they tell nothing
// and are not compared.
func Compare(note Note, facts Facts) []Error {
	var errors []Error
	for _, d := range deviations(note, facts) {
		errors = append(errors, NewError(d.code, Place{}, d.note, d.file))
	}
	return errors
}

func deviations(note Note, facts Facts) []deviation {
	var all []deviation
	differ := func(code Code, note, file any, differs bool) {
		if differs {
			all = append(all, deviation{code, note, file})
		}
	}
	differ("F250", note.Transaction, facts.Transaction, note.Transaction != "" && note.Transaction != facts.Transaction)
	differ("F251", note.PartyCode, facts.PartyCode, note.PartyCode != facts.PartyCode)
	differ("F252", note.Sequence, facts.Sequence, note.Sequence != facts.Sequence)
	if note.Documents != nil && !facts.Partial {
		differ("F253", *note.Documents, facts.Documents, *note.Documents != facts.Documents)
	}
	if note.Sum != nil && !facts.Partial {
		differ("F254", *note.Sum, facts.Sum, *note.Sum != facts.Sum)
	}
	if note.Date != nil {
		differ("F255", *note.Date, facts.Created, *note.Date != facts.Created)
	}
	return all
}

// Unexpected names what a cover note by itself says otherwise than is expected of
// it: transaction, party code, number. Zero fields are not compared, and no others.
func Unexpected(facts Facts, e Expect) []Error {
	var errors []Error
	differ := func(code Code, given, want any, differs bool) {
		if differs {
			errors = append(errors, NewError(code, Place{}, given, want))
		}
	}
	differ("F103", facts.Transaction, e.Transaction, e.Transaction != "" && e.Transaction != facts.Transaction)
	differ("F202", facts.PartyCode, e.PartyCode, e.PartyCode != "" && e.PartyCode != facts.PartyCode)
	differ("F210", facts.Sequence, e.Sequence, e.Sequence != 0 && e.Sequence != facts.Sequence)
	return errors
}

// Reject adds errors that the check could not see, any of which rejects the file.
func (v *Verdict) Reject(errors ...Error) {
	for _, e := range errors {
		if v.Counts == nil {
			v.Counts = map[Code]int{}
		}
		v.Outcome = Rejected
		v.Errors = append(v.Errors, e)
		v.ErrorCount++
		v.Counts[e.Code]++
	}
}

// RejectWith rejects a file whose cover note falls (R34).
func (v *Verdict) RejectWith(note Verdict) {
	if note.Outcome != Approved {
		v.Outcome = Rejected
	}
}
