package authority

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"
)

// The socket for commands stands in the data directory. Where its path would
// be longer than sockets may have, it stands in a directory of its own, and a
// file in the data directory tells where.
const (
	socketName    = "control.sock"
	socketPointer = "control.path"
	socketLongest = 100
)

// ErrNotRunning says that no authority runs on the data directory.
var ErrNotRunning = errors.New("no authority is running on this data directory; start it with `filtjanst serve` or `filtjanst sandbox`")

type controlSocket struct {
	net.Listener
	path    string
	pointer string // "" where the socket is in its usual place
}

// openControl listens on the socket. One left by a process that was killed is
// replaced; one that answers means that the authority runs already.
func openControl(data string) (*controlSocket, error) {
	if path, err := controlPath(data); err == nil && answers(path) {
		return nil, fmt.Errorf("authority: an authority is running on %s already; stop it first", data)
	}
	s, err := placeControl(data)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(s.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("authority: remove an old socket: %w", err)
	}
	if s.Listener, err = net.Listen("unix", s.path); err != nil {
		return nil, fmt.Errorf("authority: open the socket for commands: %w", err)
	}
	if err := os.Chmod(s.path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("authority: guard the socket for commands: %w", err), s.close())
	}
	return s, nil
}

func placeControl(data string) (*controlSocket, error) {
	path, err := filepath.Abs(filepath.Join(data, socketName))
	if err != nil {
		return nil, err
	}
	pointer := filepath.Join(data, socketPointer)
	if len(path) <= socketLongest {
		if err := os.Remove(pointer); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("authority: remove %s: %w", pointer, err)
		}
		return &controlSocket{path: path}, nil
	}
	dir, err := os.MkdirTemp("", "filtjanst")
	if err != nil {
		return nil, fmt.Errorf("authority: place the socket for commands: %w", err)
	}
	s := &controlSocket{path: filepath.Join(dir, socketName), pointer: pointer}
	if err := os.WriteFile(pointer, []byte(s.path), 0o600); err != nil {
		return nil, fmt.Errorf("authority: say where the socket for commands is: %w", err)
	}
	return s, nil
}

// controlPath finds the socket of the authority on the data directory.
func controlPath(data string) (string, error) {
	text, err := os.ReadFile(filepath.Join(data, socketPointer))
	if err == nil {
		return string(text), nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	return filepath.Abs(filepath.Join(data, socketName))
}

func answers(path string) bool {
	c, err := net.DialTimeout("unix", path, time.Second)
	if err != nil {
		return false
	}
	c.Close()
	return true
}

func (s *controlSocket) close() error {
	if s.Listener == nil {
		return nil
	}
	err := s.Listener.Close() // removes the socket
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	if s.pointer != "" {
		err = errors.Join(err, os.Remove(s.pointer), os.RemoveAll(filepath.Dir(s.path)))
	}
	return err
}
