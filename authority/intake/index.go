package intake

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"sync"
)

// mostIndexed is how many references all indexes hold together, at 16 bytes
// each; a larger file is indexed alone.
const mostIndexed = 2_000_000

// indexes remember the references of files that were asked for, so that a
// filer who takes back many applications one by one before the evening does
// not have its file read from the start for each (R70). The bytes of a file
// never change, and so an index never does.
type indexes struct {
	seeds [2]maphash.Seed

	mu  sync.Mutex
	all []*index // the one asked for last stands last
}

// index is the references of one file as fingerprints of 128 bits, in order.
// Their keys are drawn anew in each process, so that nobody can make two
// references that agree.
type index struct {
	file   int64
	weight int // number of marks once they are there; guarded by indexes.mu

	build sync.Mutex // held while the file is read
	built bool
	marks []fingerprint
}

type fingerprint [16]byte

func newIndexes() *indexes {
	return &indexes{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

func (x *indexes) mark(reference string) (f fingerprint) {
	binary.LittleEndian.PutUint64(f[:8], maphash.String(x.seeds[0], reference))
	binary.LittleEndian.PutUint64(f[8:], maphash.String(x.seeds[1], reference))
	return f
}

// of returns the index of the file, whether or not it is built, as the one
// asked for last.
func (x *indexes) of(file int64) *index {
	x.mu.Lock()
	defer x.mu.Unlock()
	i := slices.IndexFunc(x.all, func(i *index) bool { return i.file == file })
	if i < 0 {
		x.all = append(x.all, &index{file: file})
		return x.all[len(x.all)-1]
	}
	found := x.all[i]
	x.all = append(slices.Delete(x.all, i, i+1), found)
	return found
}

// weigh counts an index that was built and gives up the oldest until the rest
// have room. One that was given up while it was built is of use once.
func (x *indexes) weigh(built *index) {
	x.mu.Lock()
	defer x.mu.Unlock()
	built.weight = len(built.marks)
	total := 0
	for _, i := range x.all {
		total += i.weight
	}
	for total > mostIndexed && len(x.all) > 1 {
		total -= x.all[0].weight
		x.all = slices.Delete(x.all, 0, 1)
	}
}

// indexOf returns the index of an approved file, and reads it if nobody has.
func (a *Archive) indexOf(ctx context.Context, file int64) (*index, error) {
	i := a.indexes.of(file)
	i.build.Lock()
	defer i.build.Unlock()
	if i.built {
		return i, nil
	}
	var marks []fingerprint
	for ref, err := range a.References(ctx, file) {
		if err != nil {
			return nil, err
		}
		marks = append(marks, a.indexes.mark(ref.Reference))
	}
	slices.SortFunc(marks, func(a, b fingerprint) int { return bytes.Compare(a[:], b[:]) })
	i.marks, i.built = slices.Clip(marks), true
	a.indexes.weigh(i)
	return i, nil
}

func (i *index) has(f fingerprint) bool {
	_, found := slices.BinarySearchFunc(i.marks, f, func(a, b fingerprint) int { return bytes.Compare(a[:], b[:]) })
	return found
}
