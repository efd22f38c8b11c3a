package restructuring

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Write streams one batch that Outgoing named.
func (m *Matters) Write(r store.Reader, b service.Batch, out service.Output) error {
	facts, err := m.facts(r, b)
	if err != nil {
		return err
	}
	w, err := filing.NewWriter(out.Writer, out.Set, b.Transaction, out.Form, facts)
	if err != nil {
		return fmt.Errorf("restructuring: begin %s: %w", b.Key, err)
	}
	var lines int64
	err = m.contents(r, b, func(c filing.Content) error {
		lines++
		return w.Write(c)
	})
	if err == nil && lines != b.Documents {
		err = fmt.Errorf("%d documents found where %d were named", lines, b.Documents)
	}
	if err != nil {
		return fmt.Errorf("restructuring: write %s: %w", b.Key, err)
	}
	return w.Close()
}

// facts are what the file says of itself.
func (m *Matters) facts(r store.Reader, b service.Batch) (filing.FileFacts, error) {
	facts := filing.FileFacts{PartyCode: b.Code, Sequence: b.Sequence, Created: b.Day, Documents: b.Documents}
	if b.Transaction != confirmation {
		return facts, nil
	}
	block, found, err := readBlock(r, b.File)
	if err != nil || !found {
		return facts, err
	}
	facts.FileName = block.name
	return facts, nil
}
