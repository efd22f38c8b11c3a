package filing

import (
	"maps"
	"slices"
	"time"

	"filtjanst/calendar"
	"filtjanst/layout"
	"filtjanst/money"
)

// receiptShape is what a receipt says of the file that it answers (R44).
func receiptShape(receipt, of Transaction) shape[Receipt] {
	return shape[Receipt]{
		transactionOf[Receipt](receipt),
		symbolOf(named("of", "Besvarad transaktion", "Transaction answered", required), func(r *Receipt) *Transaction { return &r.Transaction }, of),
		stringOf(named("transaction_id", "Transaktionsid", "Transaction id", required), func(r *Receipt) *string { return &r.TransactionID }),
		stringOf(named("party_code", "Intressentkod", "Party code", free), func(r *Receipt) *string { return &r.PartyCode }),
		numberOf(named("sequence", "Löpnummer", "Sequence number"), func(r *Receipt) *int64 { return &r.Sequence }),
		stringOf(named("file_name", "Filens namn", "Name of the file", free), func(r *Receipt) *string { return &r.FileName }),
		stringOf(named("digest", "Filens kontrollsumma (SHA-256)", "Digest of the file (SHA-256)"), func(r *Receipt) *string { return &r.Digest }),
		stringOf(named("note_digest", "Missivets kontrollsumma (SHA-256)", "Digest of the cover note (SHA-256)"), func(r *Receipt) *string { return &r.NoteDigest }),
		momentOf(named("arrived", "Ankomst", "Arrival", required), func(r *Receipt) *time.Time { return &r.Arrived }),
		symbolOf(named("outcome", "Utfall", "Outcome", required), func(r *Receipt) *Outcome { return &r.Outcome },
			Approved, ApprovedInPart, Rejected, Waiting, Superseded),
		numberOf(named("records", "Antal poster", "Number of records"), func(r *Receipt) *int64 { return &r.Records }),
		numberOf(named("documents", "Antal handlingar", "Number of documents", required), func(r *Receipt) *int64 { return &r.Documents }),
		amountOf(named("sum", "Summa", "Sum", required), func(r *Receipt) *money.Amount { return &r.Sum }),
		numberOf(named("expected", "Väntat löpnummer", "Sequence number expected next"), func(r *Receipt) *int64 { return &r.Expected }),
		dateOf(named("read_in", "Inläsning", "Evening of read-in"), func(r *Receipt) *calendar.Day { return &r.ReadIn }),
		stringOf(named("rules", "Profil och regler (SHA-256)", "Profile and rules (SHA-256)"), func(r *Receipt) *string { return &r.Rules }),
		stringOf(named("event", "Journalhändelse", "Journal event"), func(r *Receipt) *string { return &r.Event }),
		stringOf(named("event_digest", "Journalhändelsens kontrollsumma", "Digest of the journal event"), func(r *Receipt) *string { return &r.EventDigest }),
		numberOf(named("errors", "Antal fel", "Number of errors", required), func(r *Receipt) *int { return &r.ErrorCount }),
		countsOf(func(r *Receipt) *map[Code]int { return &r.Counts }),
		manyOf(titled("applied", "Utförd handling", "Document applied"), func(r *Receipt) *[]AppliedDocument { return &r.Applied }, appliedShape()),
	}
}

func appliedShape() shape[AppliedDocument] {
	return shape[AppliedDocument]{
		numberOf(named("document", "Handlingens nummer i filen", "Number of the document in the file", required), func(a *AppliedDocument) *int64 { return &a.Document }),
		stringOf(named("reference", "Egen referens", "Own reference", free), func(a *AppliedDocument) *string { return &a.Reference }),
		stringOf(named("case_number", "Målnummer", "Case number"), func(a *AppliedDocument) *string { return &a.CaseNumber }),
		symbolOf(named("result", "Resultat", "Result", required), func(a *AppliedDocument) *AppliedResult { return &a.Result }, Applied, Already, Held),
	}
}

// codeCount is how often a code occurred.
type codeCount struct {
	code   string
	number int
}

// counts is a map of codes, written in their order.
type counts[T any] struct {
	list[T, codeCount]
	at func(*T) *map[Code]int
}

func countsOf[T any](at func(*T) *map[Code]int) member[T] {
	return counts[T]{at: at, list: list[T, codeCount]{
		of: &layout.Group{Name: "count", Swedish: "Antal fel per felkod", English: "Errors per code"},
		shape: shape[codeCount]{
			stringOf(named("code", "Felkod", "Error code", required), func(c *codeCount) *string { return &c.code }),
			numberOf(named("number", "Antal", "Number", required), func(c *codeCount) *int { return &c.number }),
		},
	}}
}

func (m counts[T]) bind(v *layout.Vocabulary, path string) bound[T] {
	path += "." + m.of.Name
	return &boundCounts[T]{at: m.at, group: v.MustGroup(path), shape: m.shape.bind(v, path)}
}

type boundCounts[T any] struct {
	at    func(*T) *map[Code]int
	group layout.GroupID
	shape boundShape[codeCount]
}

func (b *boundCounts[T]) put(w *treeWriter, n layout.Node, from *T) {
	all := *b.at(from)
	for _, code := range slices.Sorted(maps.Keys(all)) {
		b.shape.put(w, w.t.Add(n, b.group), &codeCount{string(code), all[code]})
	}
}

func (b *boundCounts[T]) take(r *treeReader, n layout.Node, into *T) {
	all := map[Code]int{}
	for node := range r.t.All(n, b.group) {
		var c codeCount
		b.shape.take(r, node, &c)
		all[Code(c.code)] = c.number
	}
	if len(all) > 0 {
		*b.at(into) = all
	}
}

// receiptLine is one error or warning of a receipt.
type receiptLine struct {
	Error
	warning bool
}

func receiptLineShape() shape[receiptLine] {
	return shape[receiptLine]{
		flagOf(named("warning", "Varning, inte fel", "A warning, no error"), func(l *receiptLine) *bool { return &l.warning }),
		symbolOf(named("class", "Felklass", "Class of error", required), func(l *receiptLine) *Class { return &l.Class }, General, Document),
		symbolless(named("code", "Felkod", "Error code", required), func(l *receiptLine) *Code { return &l.Code }),
		stringOf(named("reference", "Egen referens", "Own reference", free), func(l *receiptLine) *string { return &l.Reference }),
		numberOf(named("document", "Handlingens nummer i filen", "Number of the document in the file"), func(l *receiptLine) *int { return &l.Error.Document }),
		stringOf(named("record", "Posttyp eller element", "Record type or element", free), func(l *receiptLine) *string { return &l.Record }),
		numberOf(named("line", "Rad", "Line"), func(l *receiptLine) *int64 { return &l.Line }),
		offsetOf(named("offset", "Byteläge", "Byte offset")),
		stringOf(named("field", "Fält", "Field", free), func(l *receiptLine) *string { return &l.Field }),
		stringOf(named("value", "Värde", "Value", free), func(l *receiptLine) *string { return &l.Value }),
		sentenceOf(named("swedish", "Feltext", "Text in Swedish", required), func(l *receiptLine) *string { return &l.Swedish }),
		sentenceOf(named("english", "Feltext på engelska", "Text in English"), func(l *receiptLine) *string { return &l.English }),
		sentenceOf(named("remedy", "Åtgärd", "Remedy"), func(l *receiptLine) *string { return &l.Remedy }),
	}
}

// symbolless is a text of a type of its own.
func symbolless[T any, S ~string](key layout.Key, at func(*T) *S) member[T] {
	return value[T]{
		key:     key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, from *T) { w.text(n, k, string(*at(from))) },
		taking:  func(r *treeReader, n layout.Node, k layout.KeyID, into *T) { *at(into) = S(r.t.Text(n, k)) },
	}
}

// offsetOf is the byte of an error, counted from 0: it is written where its
// place is known, the first byte of the file too.
func offsetOf(key layout.Key) member[receiptLine] {
	m := numberOf(key, func(l *receiptLine) *int64 { return &l.Offset }).(value[receiptLine])
	m.putting = func(w *treeWriter, n layout.Node, k layout.KeyID, from *receiptLine) {
		if from.placed() {
			w.t.SetNum(n, k, from.Offset)
		}
	}
	return m
}
