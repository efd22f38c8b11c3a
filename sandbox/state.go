package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"
)

// state is what a sandbox remembers from one start to the next.
type state struct {
	Gateway    string            `toml:"gateway"`    // host:port
	Operations string            `toml:"operations"` // host:port
	Nodes      map[string]string `toml:"nodes"`      // own nodes of filers, by code
}

const stateFile = "sandbox.toml"

func readState(dir string) (state, error) {
	s := state{Nodes: map[string]string{}}
	text, err := os.ReadFile(filepath.Join(dir, stateFile))
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	if err := toml.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("%s: %w", stateFile, err)
	}
	return s, nil
}

func (s state) write(dir string) error {
	text, err := toml.Marshal(s)
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(dir, stateFile), text)
}
