package filingtest

import (
	"bytes"
	"fmt"

	"filtjanst/filing"
)

// File writes a file of any transaction under number 17 of ABC, with n
// documents where it holds documents.
func File(set *filing.Set, tx filing.Transaction, f filing.Form, seed uint64, n int) ([]byte, error) {
	info, ok := filing.Info(tx)
	switch {
	case !ok:
		return nil, fmt.Errorf("filingtest: the catalogue has no transaction %q", tx)
	case info.Role == filing.RoleNote:
		var out bytes.Buffer
		err := filing.WriteNote(&out, set, f, NoteTo(info.Of, FactsOf(info.Of, "ABC", 17, Contents(info.Of, seed, n))))
		return out.Bytes(), err
	case info.Role == filing.RoleReceipt:
		var out bytes.Buffer
		err := filing.WriteReceipt(&out, set, f, ReceiptFor(info.Of, Errors(n)...))
		return out.Bytes(), err
	}
	all := Contents(tx, seed, n)
	return Write(set, tx, f, FactsOf(tx, "ABC", 17, all), all)
}

// Write gives the bytes of a file with the facts and documents.
func Write(set *filing.Set, tx filing.Transaction, f filing.Form, facts filing.FileFacts, all []filing.Content) ([]byte, error) {
	var out bytes.Buffer
	w, err := filing.NewWriter(&out, set, tx, f, facts)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if err := w.Write(c); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Errors makes n document errors, each of another code.
func Errors(n int) []filing.Error {
	var all []filing.Error
	for _, c := range filing.Codes() {
		if len(all) == n {
			break
		}
		if c.Class != filing.Document || c.Warning {
			continue
		}
		args := make([]any, len(c.Args))
		for i := range args {
			args[i] = "å" + c.Args[i]
		}
		place := filing.Place{Reference: "26-0000002", Document: 2, Record: "10", Line: int64(2 + len(all)), Offset: int64(100 * len(all)), Field: "FALT"}
		all = append(all, filing.NewError(c.Code, place, args...))
	}
	return all
}
