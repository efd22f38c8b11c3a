package shs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWrittenMessagesAreReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := sampleLabel()
		l.Content.Data = nil
		var payloads []Payload
		var want []readPart
		for i := range rapid.IntRange(0, 4).Draw(t, "parts") {
			content := rapid.SliceOf(rapid.Byte()).Draw(t, "content")
			d := Data{Type: "t", Bytes: int64(len(content)), Filename: rapid.SampledFrom([]string{"", "a.xml", "å b.xml", "€.txt", `a"b\c`}).Draw(t, "name")}
			p := Bytes("", content)
			p.Base64 = rapid.Bool().Draw(t, fmt.Sprint("base64 ", i))
			l.Content.Data = append(l.Content.Data, d)
			payloads, want = append(payloads, p), append(want, readPart{d.Filename, string(content), false})
		}
		var b bytes.Buffer
		boundary, err := NewBoundary(seeded(7))
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteMessage(&b, l, payloads, boundary); err != nil {
			t.Fatal(err)
		}
		_, got, err := readAll(&b, "message/rfc822", Limits{ExactSize: true})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestMessageWriterRefuses(t *testing.T) {
	t.Parallel()
	long := sampleLabel()
	long.Meta = append(long.Meta, Meta{"m", strings.Repeat("x", 3000)})
	var b bytes.Buffer
	wantCode(t, WriteMessage(&b, long, []Payload{Bytes("", nil)}, "x"), "")
	long.Meta = append(long.Meta, Meta{"m", strings.Repeat("x", 200)})
	tests := map[string]error{
		"head over 4 kB": WriteMessage(io.Discard, long, []Payload{Bytes("", nil)}, "x"),
		"no payload":     WriteMessage(io.Discard, sampleLabel(), nil, "x"),
		"no boundary":    WriteMessage(io.Discard, sampleLabel(), []Payload{Bytes("", nil)}, ""),
		"bad payload": WriteMessage(io.Discard, sampleLabel(), []Payload{{Open: func() (io.ReadCloser, error) {
			return io.NopCloser(iotest.ErrReader(io.ErrNoProgress)), nil
		}}}, "x"),
	}
	for name, err := range tests {
		if err == nil {
			t.Errorf("%s: written", name)
		}
	}
	var source *SourceError
	if !errors.As(tests["bad payload"], &source) {
		t.Errorf("a payload that fails gives %v", tests["bad payload"])
	}
}

// 256 MiB pass through writer and reader while the heap stays small.
func TestLargePayloadsAreStreamed(t *testing.T) {
	const size = 256 << 20
	l := sampleLabel()
	l.Content.Data[0].Bytes = size
	payload := Payload{Open: func() (io.ReadCloser, error) { return io.NopCloser(io.LimitReader(endlessReader{}, size)), nil }}
	r, w := io.Pipe()
	go func() { w.CloseWithError(WriteMessage(w, l, []Payload{payload}, "x")) }()
	m, err := ReadMessage(r, "", Limits{})
	wantCode(t, err, "")
	p, err := m.Next()
	wantCode(t, err, "")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n, err := io.Copy(io.Discard, p)
	runtime.ReadMemStats(&after)
	if err != nil || n != size || p.SizeDiffers() {
		t.Fatalf("%d bytes, %v", n, err)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 8<<20 {
		t.Errorf("%d bytes were allocated on the way", grown)
	}
}
