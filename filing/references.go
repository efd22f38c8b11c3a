package filing

import (
	"hash/maphash"
	"slices"
)

// referenceSet finds own references that occur more than once without keeping
// them: it holds a keyed 64-bit hash of each, in buckets that are sorted at the
// end. What it names twice is settled by a second pass over the file.
type referenceSet struct {
	seed    maphash.Seed
	buckets []hashList // 256, or none while nothing was added
}

// hashList grows by chunks, so that nothing is copied and little is spare.
type hashList struct {
	full [][]uint64
	tail []uint64
}

const (
	firstChunk = 16
	lastChunk  = 512
)

func (s *referenceSet) add(reference []byte) { s.addHash(maphash.Bytes(s.seed, reference)) }

func (s *referenceSet) addHash(h uint64) {
	if s.buckets == nil {
		s.buckets = make([]hashList, 256)
	}
	s.buckets[h>>56].add(h)
}

func (l *hashList) add(h uint64) {
	if len(l.tail) == cap(l.tail) {
		size := firstChunk
		if cap(l.tail) > 0 {
			l.full = append(l.full, l.tail)
			size = min(2*cap(l.tail), lastChunk)
		}
		l.tail = make([]uint64, 0, size)
	}
	l.tail = append(l.tail, h)
}

// repeated returns the hashes that were added more than once, sorted.
func (s *referenceSet) repeated() []uint64 {
	var hits, bucket []uint64
	for i := range s.buckets {
		bucket = s.buckets[i].appendTo(bucket[:0])
		slices.Sort(bucket)
		for j := 1; j < len(bucket); j++ {
			if bucket[j] == bucket[j-1] && (len(hits) == 0 || hits[len(hits)-1] != bucket[j]) {
				hits = append(hits, bucket[j])
			}
		}
	}
	return hits
}

func (l *hashList) appendTo(all []uint64) []uint64 {
	for _, chunk := range l.full {
		all = append(all, chunk...)
	}
	return append(all, l.tail...)
}

// settler tells in the second pass which hits are the same reference: those
// whose hash under another key agrees too.
type settler struct {
	first  maphash.Seed
	second maphash.Seed
	hits   []uint64
	firsts [][]sighting // by hit
}

type sighting struct {
	hash     uint64
	document int
	line     int64
}

func newSettler(s *referenceSet, hits []uint64) *settler {
	return &settler{first: s.seed, second: maphash.MakeSeed(), hits: hits, firsts: make([][]sighting, len(hits))}
}

// see notes a reference, by its hash under each key, and returns where it was
// seen first, if it was.
func (s *settler) see(hash func(maphash.Seed) uint64, document int, line int64) (sighting, bool) {
	i, hit := slices.BinarySearch(s.hits, hash(s.first))
	if !hit {
		return sighting{}, false
	}
	h := hash(s.second)
	for _, seen := range s.firsts[i] {
		if seen.hash == h {
			return seen, true
		}
	}
	s.firsts[i] = append(s.firsts[i], sighting{h, document, line})
	return sighting{}, false
}
