package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/shs"
)

// mostBytes is the largest file that the profile takes.
const mostBytes = 2 << 30

// mostMemory is what the server may take for it, whatever the size of a file.
const mostMemory = 256 << 20

// giant is a valid file of exactly so many bytes, made while it is read.
type giant struct {
	start, before, after, end []byte // of the file, of a document around its reference, of the file
	padding                   []byte // lines more in the last document
	documents                 int64
	facts                     filing.Note

	written int64
	buf     []byte
}

// newGiant repeats one application under new references. Lines of its ground
// fill the file to the byte.
func newGiant(t *testing.T, code string, size int64) *giant {
	t.Helper()
	b := batch{code: code, sequence: 1, cases: 1, seed: 3, form: filing.TextForm}
	const reference, ground = "26-0000001", "\r\n31Obetald"
	start, rest, _ := bytes.Cut(b.file(t), []byte("\r\n"))
	one := string(rest[:bytes.LastIndex(rest, []byte("\r\n99"))+2])
	one = strings.Replace(one, ground, strings.Repeat("\r\n31"+strings.Repeat("y", 78), 30)+ground, 1)
	before, after, found := strings.Cut(one, reference)
	if !found {
		t.Fatal("the application has another reference")
	}
	g := &giant{start: append(start, "\r\n"...), before: []byte(before), after: []byte(after), facts: b.facts()}
	const endBytes = 2 + 7 + 17 + 2
	left := size - int64(len(g.start)) - endBytes
	g.documents = left/int64(len(one)) - 1 // the room of one is for padding, which is then never too little for a line
	*g.facts.Documents = g.documents
	total := *g.facts.Sum
	*g.facts.Sum = 0
	for range g.documents {
		*g.facts.Sum += total
	}
	g.end = fmt.Appendf(nil, "99%07d%017d\r\n", g.documents, g.facts.Sum.Ore())
	g.padding = lines(int(left - g.documents*int64(len(one))))
	return g
}

// lines are ground lines of so many bytes in all, which are at least some.
func lines(n int) []byte {
	const shortest, usual = 5, 60 // with type and line end
	var out []byte
	for ; n >= usual+shortest; n -= usual {
		out = append(out, "31"+strings.Repeat("x", usual-4)+"\r\n"...)
	}
	if n > 0 {
		out = append(out, "31"+strings.Repeat("x", n-4)+"\r\n"...)
	}
	return out
}

func (g *giant) Read(p []byte) (int, error) {
	if len(g.buf) == 0 && !g.fill() {
		return 0, io.EOF
	}
	n := copy(p, g.buf)
	g.buf = g.buf[n:]
	return n, nil
}

func (g *giant) fill() bool {
	g.buf = g.buf[:0]
	if g.written == 0 {
		g.buf = append(g.buf, g.start...)
	}
	for ; g.written < g.documents && len(g.buf) < 1<<16; g.written++ {
		g.buf = append(fmt.Appendf(append(g.buf, g.before...), "26-%07d", g.written+1), g.after...)
	}
	if g.written == g.documents {
		at := bytes.LastIndex(g.buf, []byte("\r\n31")) + 2
		g.buf = append(g.buf[:at:at], append(g.padding, append(g.buf[at:], g.end...)...)...)
		g.written++
	}
	return len(g.buf) > 0
}

// TestGiantIsExact holds the maker of large files to its word in small.
func TestGiantIsExact(t *testing.T) {
	t.Parallel()
	for size := int64(100_005); size < 103_000; size += 37 {
		content, err := io.ReadAll(newGiant(t, "ABC", size))
		if err != nil || int64(len(content)) != size {
			t.Fatalf("%d bytes instead of %d, %v", len(content), size, err)
		}
	}
}

// TestTwoGibibytes sends the largest file and one a byte larger over both
// channels, to the program as it is shipped, and has them read in. It needs
// 15 GB of disk and seven minutes: FILTJANST_TEST_LARGE=1.
func TestTwoGibibytes(t *testing.T) {
	if os.Getenv("FILTJANST_TEST_LARGE") == "" {
		t.Skip("FILTJANST_TEST_LARGE is not set")
	}
	run := started(t, t.TempDir(), 0)
	abc, def := outsideOf(t, run.ready, "ABC"), outsideOf(t, run.ready, "DEF")
	for _, size := range []int64{mostBytes + 1, mostBytes} {
		_, err := abc.sendGiant(t, size)
		refused(t, size, err)
		status, text := def.uploadGiant(t, size)
		if want := map[bool]int{true: http.StatusRequestEntityTooLarge, false: http.StatusOK}[size > mostBytes]; status != want {
			t.Errorf("%d bytes over e-transport: %d: %s", size, status, text)
		}
		t.Logf("%d bytes over both channels: the server has had %d MiB", size, peakMemory(t, run)>>20)
		if n := blobsIn(t, filepath.Join(run.ready.Data, "authority", "test", "bytes")); size > mostBytes && n > 0 {
			t.Errorf("%d blobs are left of what was refused", n)
		}
	}
	for _, p := range []*outside{abc, def} {
		if r := p.oneReceipt(t); r.Outcome != filing.Approved || r.Expected != 2 || r.Documents < 400_000 {
			t.Errorf("%s: %+v", p.filer.Code, r.Receipt)
		}
	}
	begun := time.Now()
	if _, err := run.control().Evening(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("the evening took %s; the server has had %d MiB", time.Since(begun).Round(time.Second), peakMemory(t, run)>>20)
	for _, p := range []*outside{abc, def} {
		if all := p.confirmations(t); len(all) != 1 || int64(len(all[0].Lines)) != all[0].Documents || all[0].Documents < 400_000 {
			t.Errorf("%s: %d confirmations", p.filer.Code, len(all))
		}
	}
	if peak := peakMemory(t, run); peak > mostMemory {
		t.Errorf("the server took %d MiB", peak>>20)
	}
}

func refused(t *testing.T, size int64, err error) {
	t.Helper()
	remote, is := errors.AsType[*shs.RemoteError](err)
	switch {
	case size <= mostBytes && err != nil:
		t.Errorf("%d bytes over SHS: %v", size, err)
	case size > mostBytes && (!is || remote.Code != shs.IllegalDatapartContent):
		t.Errorf("%d bytes over SHS: %v", size, err)
	case is:
		bilingual(t, remote.Text)
	}
}

func (p *outside) sendGiant(t *testing.T, size int64) (shs.Delivered, error) {
	t.Helper()
	g := newGiant(t, p.filer.Code, size)
	b := batch{code: p.filer.Code}
	parts := []part{b.asFile(nil), b.asNote(noteOf(t, filing.TextForm, g.facts))}
	file := shs.Payload{Open: func() (io.ReadCloser, error) { return io.NopCloser(g), nil }}
	return p.shs.Send(t.Context(), p.label(newID(), parts), []shs.Payload{file, shs.Bytes("", parts[1].body)})
}

// uploadGiant uploads the note and then the file.
func (p *outside) uploadGiant(t *testing.T, size int64) (status int, text string) {
	t.Helper()
	g := newGiant(t, p.filer.Code, size)
	b := batch{code: p.filer.Code}
	if size <= mostBytes {
		p.mustUpload(t, b.asNote(noteOf(t, filing.TextForm, g.facts)))
	}
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute)
	defer stop()
	link := p.ready.Gateway + "/et/et_web/auto/" + p.ready.Products[filing.BFApplication] + "/" + p.filer.Code + ".ANSOKAN"
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, link, g)
	if err != nil {
		t.Fatal(err)
	}
	response, err := p.http.Do(request) // without Content-Length, so that the size is not known before
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		bilingual(t, string(answer))
	}
	return response.StatusCode, string(answer)
}

// peakMemory is the most that the process has had in memory, in bytes.
func peakMemory(t *testing.T, run *process) int64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", run.cmd.Process.Pid))
	if err != nil {
		t.Skipf("the machine does not tell: %v", err)
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kib, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kib << 10
}
