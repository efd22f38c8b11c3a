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
