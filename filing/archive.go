package filing

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Archive returns the set as bytes that ReadArchive reads, a tar file without
// times and owners: the same set gives the same bytes.
func (s *Set) Archive() []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range s.files {
		// Writing to memory fails for names that tar cannot hold only, and
		// these came from a file system or from an archive.
		if err := w.WriteHeader(&tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.data)), Format: tar.FormatPAX}); err != nil {
			panic(err)
		}
		if _, err := w.Write(f.data); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// mostArchive bounds a set in bytes.
const mostArchive = 16 << 20

// ReadArchive reads a set that Archive wrote.
func ReadArchive(b []byte) (*Set, error) {
	if len(b) > mostArchive {
		return nil, fmt.Errorf("filing: the archive of a profile set is larger than %d bytes", mostArchive)
	}
	var files []setFile
	r := tar.NewReader(bytes.NewReader(b))
	for {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			return newSet(files)
		}
		if err != nil {
			return nil, fmt.Errorf("filing: read archive of profile set: %w", err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("filing: read archive of profile set: %s: %w", head.Name, err)
		}
		files = append(files, setFile{head.Name, data})
	}
}
