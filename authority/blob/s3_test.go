package blob_test

import (
	"crypto/sha256"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"filtjanst/authority/blob"
	"filtjanst/authority/blob/blobtest"
)

// serve starts the fake and returns how to reach it.
func serve(t *testing.T, f *fakeS3) blob.S3Config {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return blob.S3Config{
		Endpoint: strings.TrimPrefix(server.URL, "http://"), Insecure: true,
		Bucket: bucketName, Prefix: "world/", Region: "eu-north-1",
		AccessKey: "access", SecretKey: "secret",
	}
}

func openS3(t *testing.T, f *fakeS3) *blob.S3 {
	t.Helper()
	s, err := blob.OpenS3(t.Context(), serve(t, f))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestS3(t *testing.T) {
	t.Parallel()
	blobtest.Conform(t, func(t *testing.T) blob.Store {
		f := newFakeS3()
		f.objects["elsewhere/key"] = s3Entry{modified: time.Now()}
		f.objects["world/not.a.key"] = s3Entry{modified: time.Now()}
		t.Cleanup(func() {
			if n := f.left(); n != 0 {
				t.Errorf("%d uploads in parts are left", n)
			}
		})
		return openS3(t, f)
	})
}

// Who has seen enough of a list leaves nothing running. It is not parallel, so
// that it sees its own alone.
func TestS3ListLeavesNothing(t *testing.T) {
	f := newFakeS3()
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		f.objects["world/"+key] = s3Entry{modified: time.Now()}
	}
	s := openS3(t, f)
	before := goleak.IgnoreCurrent()
	for range 3 {
		for _, err := range s.List(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	goleak.VerifyNone(t, before, connection("readLoop"), connection("writeLoop"), goleak.IgnoreAnyFunction("net/http.(*conn).serve"))
}

func connection(loop string) goleak.Option {
	return goleak.IgnoreAnyFunction("net/http.(*persistConn)." + loop)
}

// The object was kept but the answer lost; the client sends it again and is
// told that the key is taken, by itself.
func TestS3AnswerLost(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"one request": "content",
		"in parts":    strings.Repeat("x", 9<<20),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeS3()
			s := openS3(t, f)
			f.loseNext()
			w, err := s.Put(t.Context(), "key", strings.NewReader(content))
			if err != nil || w.SHA256 != sha256.Sum256([]byte(content)) {
				t.Fatal(err)
			}
			if _, err := s.Put(t.Context(), "key", strings.NewReader(content)); !errors.Is(err, blob.ErrExists) {
				t.Errorf("another put: %v", err)
			}
		})
	}
}

func TestOpenS3Refuses(t *testing.T) {
	t.Parallel()
	forgetful := newFakeS3()
	forgetful.ignore = true
	if _, err := blob.OpenS3(t.Context(), serve(t, forgetful)); err == nil || !strings.Contains(err.Error(), "If-None-Match") {
		t.Errorf("storage that overwrites: %v", err)
	}
	if len(forgetful.objects) != 0 {
		t.Error("the probe is left")
	}
	cfg := serve(t, newFakeS3())
	cfg.Bucket = "other"
	if _, err := blob.OpenS3(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), "other") {
		t.Errorf("no bucket: %v", err)
	}
	cfg.Endpoint = "not a host"
	if _, err := blob.OpenS3(t.Context(), cfg); err == nil {
		t.Error("no host: opened")
	}
}

func TestOpenS3ClearsOldUploads(t *testing.T) {
	t.Parallel()
	f := newFakeS3()
	f.uploads["old"] = &s3Upload{key: "world/old", begun: time.Now().Add(-25 * time.Hour)}
	f.uploads["new"] = &s3Upload{key: "world/new", begun: time.Now().Add(-23 * time.Hour)}
	openS3(t, f)
	if len(f.uploads) != 1 || f.uploads["new"] == nil {
		t.Errorf("left: %v", f.uploads)
	}
}
