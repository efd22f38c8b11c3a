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

	"filtjanst/filer/durable"
)

// Inbox is the directory in which fetched files are kept.
type Inbox struct{ Dir string }

// Keep stores the bytes durably under the name and returns the path and the
// SHA-256 (hex). A file of the same name and bytes is kept as it is; with other
// bytes, the id is added to the name.
func (b Inbox) Keep(name, id string, body io.Reader) (path, digest string, err error) {
	if err := os.MkdirAll(b.Dir, 0o700); err != nil {
		return "", "", err
	}
	draft, err := durable.Write(b.Dir, body)
	if err != nil {
		return "", "", fmt.Errorf("saving %s: %w", name, err)
	}
	defer draft.Discard()
	if path, err = b.place(draft, safeName(name), id); err != nil {
		return "", "", fmt.Errorf("saving %s: %w", name, err)
	}
	return path, draft.Digest, nil
}

// place gives the file its name without ever replacing another's bytes.
func (b Inbox) place(draft *durable.Draft, name, id string) (string, error) {
	for _, candidate := range []string{name, name + "." + safeName(id)} {
		path := filepath.Join(b.Dir, candidate)
		err := draft.Place(path)
		if err == nil {
			return path, nil
		}
		if !errors.Is(err, os.ErrExist) {
			return "", err
		}
		if there, err := digestOf(path); err == nil && there == draft.Digest {
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
