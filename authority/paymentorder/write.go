package paymentorder

import (
	"cmp"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// writeConfirmation streams the confirmation of a file: a line for each of its
// cases, in the order of the file. The file must have been read in to its end.
func (o *Orders) writeConfirmation(r store.Reader, b service.Batch, out service.Output) error {
	block, found, err := readBlock(r, b.File)
	if err != nil {
		return err
	}
	if !found && b.Documents > 0 {
		return fmt.Errorf("paymentorder: file %d has not been read in", b.File)
	}
	w, err := filing.NewWriter(out.Writer, out.Set, filing.BFConfirmation, out.Form, filing.FileFacts{
		PartyCode: b.Code, Sequence: b.Sequence, FileName: block.name, ReadIn: cmp.Or(block.registered, b.Day),
		Documents: block.documents, Sum: block.fee * money.Amount(block.documents),
	})
	if err != nil {
		return fmt.Errorf("paymentorder: begin the confirmation of file %d: %w", b.File, err)
	}
	if err := writeCases(r, block, w); err != nil {
		return fmt.Errorf("paymentorder: write the confirmation of file %d: %w", b.File, err)
	}
	return w.Close()
}

func writeCases(r store.Reader, b block, w *filing.Writer) error {
	rows := store.Each(r.Query(`SELECT reference, number, registered, fee, confirmed_sum, confirmed, held_code, repeats FROM paymentorder_case
		WHERE id >= $1 AND id < $2 ORDER BY id`, b.firstCase, b.firstCase+b.documents))
	var lines int64
	for row, err := range rows {
		if err != nil {
			return err
		}
		var c filing.ConfirmedCase
		var fee, total int64
		if err := row.Scan(&c.Reference, &c.CaseNumber, &c.Registered, &fee, &total, &c.State, &c.HeldCode, &c.Repeats); err != nil {
			return err
		}
		c.HeldRefused = c.HeldCode != ""
		if c.Repeats != "" {
			c.Warning = string(codeRepeated)
		}
		c.Fee, c.Sum = money.Amount(fee), money.Amount(total)
		if err := w.Write(&c); err != nil {
			return err
		}
		lines++
	}
	if lines != b.documents {
		return fmt.Errorf("%d cases found where %d were set aside", lines, b.documents)
	}
	return nil
}
