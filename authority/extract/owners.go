package extract

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"slices"
	"strings"
)

// owners finds the keys of a register file that stand for two persons, in memory
// that does not grow with the file: some rows at a time are sorted by key and
// laid on disk, and all are merged in the end. Persons are held as hashes under
// a key of their own, so that none stands on the disk.
type owners struct {
	seed maphash.Seed
	most int // rows in memory
	rows []owned
	disk *os.File // nil until rows were laid on it
	ends []int64  // of the sorted runs on disk
}

// owned is a row of which the key stands for a person.
type owned struct {
	key    string
	person uint64
	line   int64
}

// ownersAtOnce is how many rows are sorted in memory.
const ownersAtOnce = 1 << 16

func newOwners(most int) *owners { return &owners{seed: maphash.MakeSeed(), most: most} }

func (o *owners) add(key, person string, line int64) error {
	o.rows = append(o.rows, owned{strings.Clone(key), maphash.String(o.seed, person), line})
	if len(o.rows) < o.most {
		return nil
	}
	return o.spill()
}

// spill lays the rows in memory on disk, sorted.
func (o *owners) spill() (err error) {
	if o.disk == nil {
		if o.disk, err = os.CreateTemp("", "filtjanst-import-*"); err != nil {
			return fmt.Errorf("extract: lay the keys of a register file on disk: %w", err)
		}
	}
	o.sort()
	out, text := bufio.NewWriter(o.disk), []byte(nil)
	for _, row := range o.rows {
		text = row.append(text[:0])
		_, _ = out.Write(text) // Flush tells
	}
	err = out.Flush()
	end, seekErr := o.disk.Seek(0, io.SeekCurrent)
	if err = cmp.Or(err, seekErr); err != nil {
		return fmt.Errorf("extract: lay the keys of a register file on disk: %w", err)
	}
	o.ends, o.rows = append(o.ends, end), o.rows[:0]
	return nil
}

func (o *owners) sort() { slices.SortFunc(o.rows, owned.compare) }

func (o *owners) discard() {
	if o.disk != nil {
		o.disk.Close()
		os.Remove(o.disk.Name())
	}
}

// twice hands over each row of which the key stood for another person in the
// first row with it, by keys.
func (o *owners) twice(each func(first, again owned)) error {
	var first owned
	err := o.sorted(func(row owned) {
		switch {
		case first.line == 0 || row.key != first.key:
			first = row
		case row.person != first.person:
			each(first, row)
		}
	})
	if err != nil {
		return fmt.Errorf("extract: read the keys of a register file again: %w", err)
	}
	return nil
}

// sorted hands over all rows by key and line.
func (o *owners) sorted(each func(owned)) error {
	o.sort()
	runs, begin := []*run{{next: o.pop}}, int64(0)
	for _, end := range o.ends {
		runs = append(runs, &run{next: read(bufio.NewReader(io.NewSectionReader(o.disk, begin, end-begin)))})
		begin = end
	}
	return merge(runs, each)
}

// pop takes the first row out of memory.
func (o *owners) pop() (row owned, err error) {
	if len(o.rows) == 0 {
		return owned{}, io.EOF
	}
	row, o.rows = o.rows[0], o.rows[1:]
	return row, nil
}

func (r owned) compare(other owned) int {
	return cmp.Or(cmp.Compare(r.key, other.key), cmp.Compare(r.line, other.line))
}

func (r owned) append(b []byte) []byte {
	b = append(binary.AppendUvarint(b, uint64(len(r.key))), r.key...)
	return binary.AppendUvarint(binary.BigEndian.AppendUint64(b, r.person), uint64(r.line))
}

var errCut = errors.New("a row is cut off")

// read reads what append has written, up to io.EOF.
func read(in *bufio.Reader) func() (owned, error) {
	return func() (owned, error) {
		length, err := binary.ReadUvarint(in)
		if err != nil {
			return owned{}, err
		}
		text := make([]byte, length+8)
		if _, err := io.ReadFull(in, text); err != nil {
			return owned{}, errCut
		}
		line, err := binary.ReadUvarint(in)
		if err != nil {
			return owned{}, errCut
		}
		return owned{string(text[:length]), binary.BigEndian.Uint64(text[length:]), int64(line)}, nil
	}
}

// run is a sorted run of rows, of which head is the next.
type run struct {
	head owned
	next func() (owned, error)
}

// merge hands over the rows of sorted runs in order. There are few runs.
func merge(runs []*run, each func(owned)) error {
	begun := runs[:0]
	for _, r := range runs {
		more, err := r.advance()
		if err != nil {
			return err
		}
		if more {
			begun = append(begun, r)
		}
	}
	for len(begun) > 0 {
		least := 0
		for i, r := range begun {
			if r.head.compare(begun[least].head) < 0 {
				least = i
			}
		}
		each(begun[least].head)
		more, err := begun[least].advance()
		if err != nil {
			return err
		}
		if !more {
			begun = slices.Delete(begun, least, least+1)
		}
	}
	return nil
}

// advance takes the next row of the run, if there is one.
func (r *run) advance() (more bool, err error) {
	r.head, err = r.next()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	return err == nil, err
}
