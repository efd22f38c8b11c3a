package gateway

import (
	"slices"
	"strings"

	"filtjanst/authority/outbox"
	"filtjanst/shs"
)

// labelOf is the envelope of a message from an outbox.
func labelOf(status shs.Status, organisation string, l outbox.Message) *shs.Label {
	from := l.From
	if from == "" {
		from = organisation
	}
	return &shs.Label{
		Version: "1.2", TxID: l.TxID, CorrID: l.CorrID,
		Transfer: shs.Asynchronous, MessageType: shs.Simple, DocumentType: shs.Simple,
		Sequence: shs.SequenceType(l.Sequence), Status: status,
		Originator: reference(l.Originator), From: &shs.Ref{Value: from}, To: &shs.Ref{Value: l.Address},
		EndRecipient: reference(l.EndRecipient), Product: shs.Ref{Value: l.Product},
		Meta: metaOf(l.Meta), Subject: l.Subject, Datetime: l.Created,
		Content: shs.Content{ID: l.ContentID, Data: []shs.Data{{Type: l.DataPartType, Filename: l.Name, Bytes: l.Body.Size}}},
	}
}

func reference(value string) *shs.Ref {
	if value == "" {
		return nil
	}
	return &shs.Ref{Value: value}
}

// metaOf orders by name, so that the same message gives the same bytes.
func metaOf(values map[string]string) []shs.Meta {
	meta := make([]shs.Meta, 0, len(values))
	for name, value := range values {
		meta = append(meta, shs.Meta{Name: name, Value: value})
	}
	slices.SortFunc(meta, func(a, b shs.Meta) int { return strings.Compare(a.Name, b.Name) })
	return meta
}

// contentType: management documents are XML; of files only the profile knows.
func contentType(l outbox.Message) string {
	if l.Sequence == outbox.Adm {
		return "text/xml; charset=ISO-8859-1"
	}
	return "application/octet-stream"
}
