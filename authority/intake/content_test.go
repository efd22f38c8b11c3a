package intake

import (
	"bytes"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// file writes a file of n applications; its content differs by variant.
func file(form filing.Form, code string, sequence int64, n int, variant uint64) []byte {
	all := filingtest.New(uint64(sequence)*1000 + variant).Applications(n)
	facts := filingtest.Facts(code, sequence, all)
	var b bytes.Buffer
	out, err := filing.NewWriter(&b, filing.Own(), filing.BFApplication, form, facts)
	for i := range all {
		if err == nil {
			err = out.Write(&all[i])
		}
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}

// note writes the cover note of a file written by file.
func note(form filing.Form, code string, sequence int64, n int, variant uint64) []byte {
	facts := filingtest.Facts(code, sequence, filingtest.New(uint64(sequence)*1000+variant).Applications(n))
	return noteOf(form, filing.Note{
		Transaction: filing.BFApplication, PartyCode: code, Sequence: sequence,
		Documents: &facts.Documents, Sum: &facts.Sum, Date: &facts.Created,
	})
}

func noteOf(form filing.Form, n filing.Note) []byte {
	var b bytes.Buffer
	if err := filing.WriteNote(&b, filing.Own(), form, n); err != nil {
		panic(err)
	}
	return b.Bytes()
}
