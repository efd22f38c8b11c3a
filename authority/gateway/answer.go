package gateway

import (
	"encoding/xml"
	"net/http"
	"strconv"

	"filtjanst/authority/intake"
	"filtjanst/filing"
	"filtjanst/shs"
)

// uploadAnswer is the XML that answers an upload; see the package comment.
type uploadAnswer struct {
	XMLName       xml.Name     `xml:"answer"`
	TransactionID string       `xml:"transaction-id"`
	Arrived       string       `xml:"arrived"` // Swedish time, to the second
	Duplicate     bool         `xml:"duplicate"`
	Files         []fileAnswer `xml:"file"`
}

type fileAnswer struct {
	Transaction filing.Transaction `xml:"transaction,omitempty"`
	Outcome     outcomeAnswer      `xml:"outcome"`
}

type outcomeAnswer struct {
	Swedish string         `xml:"sv,attr"`
	Outcome filing.Outcome `xml:",chardata"`
}

// writeAnswer answers 200, whatever became of the file.
func writeAnswer(w http.ResponseWriter, a intake.Answer) error {
	out := uploadAnswer{TransactionID: a.TransactionID, Arrived: shs.FormatTime(a.Arrived), Duplicate: a.Duplicate}
	for _, half := range a.Outcomes {
		out.Files = append(out.Files, fileAnswer{half.Transaction, outcomeAnswer{half.Outcome.Swedish(), half.Outcome}})
	}
	doc, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	doc = append([]byte(xml.Header), append(doc, '\n')...)
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(doc)))
	_, _ = w.Write(doc)
	return nil
}
