package filing

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"filtjanst/calendar"
	"filtjanst/layout"
)

// verdict is what the check came to.
func (r *run) verdict() Verdict {
	v := Verdict{
		Outcome: Approved, Errors: r.errors.errors(), ErrorCount: r.errors.total, Counts: r.errors.counts,
		Warnings: r.warnings.errors(), NotChecked: r.notChecked(),
	}
	switch {
	case r.errors.total == 0:
	case r.inPart():
		v.Outcome, v.Refused = ApprovedInPart, r.refusedDocuments
	default:
		v.Outcome = Rejected
	}
	return v
}

// inPart tells whether the good documents stand although others fall (R43).
func (r *run) inPart() bool {
	return r.profile != nil && r.profile.policy.DocumentErrors == PerDocument &&
		r.generals == 0 && len(r.refusedDocuments) < r.documents
}

// What Verdict.NotChecked can name: facts that only the authority's registers
// or the caller's own books can settle.
const (
	OwnerNotChecked    = "owner of the party code"
	PermitNotChecked   = "permit"
	SequenceNotChecked = "expected sequence number"
	NoteNotChecked     = "cover note"
	NameNotChecked     = "file name"
)

func (r *run) notChecked() []string {
	missing := []string{OwnerNotChecked, PermitNotChecked}
	if r.profile == nil {
		return missing
	}
	if r.rules.lodges && r.expect.Sequence == 0 {
		missing = append(missing, SequenceNotChecked)
	}
	if r.expect.Note == nil && r.profile.policy.CoverNote != NoteNone {
		missing = append(missing, NoteNotChecked)
	}
	if r.expect.Name == "" {
		missing = append(missing, NameNotChecked)
	}
	return missing
}

// facts are what was read in the file, as far as it was read.
func (r *run) facts() Facts {
	f := Facts{Transaction: r.transaction, Form: r.form, Documents: int64(r.documents), Sum: r.sum}
	f.Partial = !r.complete || r.faults[layout.FaultMissingEnd] > 0
	if r.file == nil {
		return f
	}
	top := r.file.Top()
	if r.stated(r.keys.partyCode) {
		f.PartyCode = r.file.Text(top, r.keys.partyCode)
	}
	if r.stated(r.keys.sequence) {
		f.Sequence = r.file.Num(top, r.keys.sequence)
	}
	if r.stated(r.keys.created) {
		f.Created = calendar.Day(r.file.Num(top, r.keys.created)) + epoch
	}
	f.Records = r.reader.Records()
	return f
}

func (r *run) factsOf(d *digester) Facts {
	f := r.facts()
	f.Digest, f.Bytes, f.Rules = d.hex(), d.n, r.rulesDigest
	return f
}

// ruleEdition changes with the rules in code, so that a verdict can be traced
// to the rules that gave it.
const ruleEdition = "1"

var codesDigest = sync.OnceValue(func() string {
	sum := sha256.Sum256(codesTOML)
	return hex.EncodeToString(sum[:])
})
