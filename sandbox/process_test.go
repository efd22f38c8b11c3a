package sandbox

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"filtjanst/authority"
)

// scratch is where the binary is built; TestMain removes it.
var scratch = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "filtjanst-binary-*") })

// binary builds the program as it is shipped, once.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := scratch()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "filtjanst")
	out, err := exec.Command("go", "build", "-o", path, "filtjanst/cmd/filtjanst").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := scratch(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// process is a running `filtjanst sandbox`.
type process struct {
	cmd   *exec.Cmd
	ready Ready
	said  lockedBuffer
}

type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// command runs the program, under a limit of the size of files if one is given.
func command(t testing.TB, blocks int, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	if blocks > 0 {
		cmd = exec.Command("sh", append([]string{"-c", fmt.Sprintf(`ulimit -f %d && exec "$0" "$@"`, blocks), path}, args...)...)
	}
	return cmd
}

func sandboxArgs(dir string) []string {
	return []string{"sandbox", "--data", dir, "--begin", "2026-11-23", "--format", "json"}
}

// started runs a sandbox on the directory until it is killed or the test ends.
func started(t testing.TB, dir string, blocks int) *process {
	t.Helper()
	p := &process{cmd: command(t, blocks, sandboxArgs(dir)...)}
	p.cmd.Stderr = &p.said
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &p.ready)
	}
	if err != nil {
		t.Fatalf("the sandbox did not start: %v\n%s", err, p.said.String())
	}
	return p
}

// killedAmid kills the process on the directory some time after the work has
// begun, and starts it anew; the work may have ended before.
func (p *process) killedAmid(t testing.TB, dir string, after time.Duration, work func() error) *process {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- work() }()
	time.Sleep(after)
	p.kill(t)
	t.Logf("killed; the work ended with %v", <-done)
	return started(t, dir, 0)
}

// kill ends the process as a power cut would.
func (p *process) kill(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	err := p.cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("it ended by itself: %v\n%s", err, p.said.String())
	}
	if strings.Contains(p.said.String(), "panic") {
		t.Errorf("it said:\n%s", p.said.String())
	}
}

func (p *process) control() authority.Control {
	return authority.Control{Data: filepath.Join(p.ready.Data, "authority")}
}

// TestTwoOnOneDirectory: the second is refused in words, and harms nothing.
func TestTwoOnOneDirectory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one := started(t, dir, 0)
	p := outsideOf(t, one.ready, "ABC")
	begun := time.Now()
	out, err := command(t, 0, sandboxArgs(dir)...).CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 3 || time.Since(begun) > 10*time.Second {
		t.Errorf("it ended with %v after %s", err, time.Since(begun))
	}
	for _, want := range []string{"en sandlåda körs redan på " + dir, "a sandbox is running on " + dir + " already"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("it said %s, without %q", out, want)
		}
	}
	b := batch{code: "ABC", sequence: 1, cases: 2, seed: 5, form: "text"}
	p.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
	if r := p.oneReceipt(t); r.Outcome != "approved" {
		t.Errorf("the first: %+v", r.Receipt)
	}
	if _, err := one.control().Evening(t.Context()); err != nil {
		t.Errorf("the first no longer takes commands: %v", err)
	}
	one.kill(t)
	two := started(t, dir, 0)
	if two.ready.Gateway != one.ready.Gateway {
		t.Errorf("the gateway moved from %s to %s", one.ready.Gateway, two.ready.Gateway)
	}
}
