package traffic

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// Inbox is the directory in which fetched files are kept.
type Inbox struct{ Dir string }

// Keep stores the bytes under the name and returns the path and the SHA-256
// (hex). The file is written beside, flushed to disk and then renamed. A file
// of the same name and bytes is kept as it is; with other bytes, the id is
// added to the name.
func (b Inbox) Keep(name, id string, body io.Reader) (path, digest string, err error) {
	if err := os.MkdirAll(b.Dir, 0o700); err != nil {
		return "", "", err
	}
	temporary, err := os.CreateTemp(b.Dir, ".fetching-*")
	if err != nil {
		return "", "", err
	}
	defer os.Remove(temporary.Name()) // gone already when it was renamed
	digest, err = copyDurably(temporary, body)
	if err != nil {
		return "", "", fmt.Errorf("saving %s: %w", name, err)
	}
	path, err = b.place(temporary.Name(), safeName(name), id, digest)
	if err != nil {
		return "", "", fmt.Errorf("saving %s: %w", name, err)
	}
	return path, digest, syncDir(b.Dir)
}

func copyDurably(f *os.File, body io.Reader) (string, error) {
	hash := sha256.New()
	_, err := io.Copy(io.MultiWriter(f, hash), body)
	if err == nil {
		err = f.Sync()
	}
	return hex.EncodeToString(hash.Sum(nil)), errors.Join(err, f.Close())
}

// place gives the file its name without ever replacing another's bytes.
func (b Inbox) place(temporary, name, id, digest string) (string, error) {
	for _, candidate := range []string{name, name + "." + safeName(id)} {
		path := filepath.Join(b.Dir, candidate)
		err := os.Link(temporary, path)
		if err == nil {
			return path, nil
		}
		if !errors.Is(err, os.ErrExist) {
			return "", err
		}
		if there, err := digestOf(path); err == nil && there == digest {
			return path, nil
		}
	}
	return "", fmt.Errorf("another file of the name %s is there: %w", name, os.ErrExist)
}

func digestOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// safeName makes one path element of a name that another party chose.
func safeName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-", r) {
			return r
		}
		return '_'
	}, name)
	clean = strings.TrimLeft(clean, ".")
	if clean == "" {
		return "unnamed"
	}
	return clean
}
