package blob_test

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// fakeS3 speaks as much of the S3 protocol as the store needs, for one bucket.
type fakeS3 struct {
	bucket string
	ignore bool // If-None-Match, as old storage does

	mu      sync.Mutex
	objects map[string]s3Entry
	uploads map[string]*s3Upload
	lose    int // answers of puts to lose after the object was kept
}

type s3Entry struct {
	content  []byte
	header   http.Header
	modified time.Time
}

type s3Upload struct {
	key    string
	header http.Header
	parts  map[int][]byte
	begun  time.Time
}

const bucketName = "files"

func newFakeS3() *fakeS3 {
	return &fakeS3{bucket: bucketName, objects: map[string]s3Entry{}, uploads: map[string]*s3Upload{}}
}

// loseNext makes the next put be kept and its answer lost.
func (f *fakeS3) loseNext() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lose = 1
}

// left is how many uploads in parts are under way.
func (f *fakeS3) left() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.uploads)
}

func (f *fakeS3) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if bucket != f.bucket {
		refuse(w, http.StatusNotFound, "NoSuchBucket")
		return
	}
	body, err := payload(r)
	if err != nil {
		refuse(w, http.StatusBadRequest, "BadDigest")
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if key == "" {
		f.serveBucket(w, r)
		return
	}
	q := r.URL.Query()
	switch {
	case r.Method == http.MethodPost && q.Has("uploads"):
		f.begin(w, r, key)
	case q.Has("uploadId"):
		f.serveUpload(w, r, q.Get("uploadId"), body)
	case r.Method == http.MethodPut:
		f.keep(w, r, key, s3Entry{body, r.Header, time.Now()})
	case r.Method == http.MethodDelete:
		delete(f.objects, key)
		w.WriteHeader(http.StatusNoContent)
	default:
		f.send(w, r, key)
	}
}

// payload reads a body, out of signed chunks if need be, and checks its MD5.
func payload(r *http.Request) ([]byte, error) {
	read := io.ReadAll
	if strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		read = chunked
	}
	body, err := read(r.Body)
	sum := md5.Sum(body)
	if want := r.Header.Get("Content-Md5"); err == nil && want != "" && want != base64.StdEncoding.EncodeToString(sum[:]) {
		err = fmt.Errorf("digest differs")
	}
	return body, err
}

// chunked undoes "<hex size>;chunk-signature=…\r\n<bytes>\r\n".
func chunked(r io.Reader) ([]byte, error) {
	var all bytes.Buffer
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		digits, _, _ := strings.Cut(strings.TrimSpace(line), ";")
		n, err := strconv.ParseInt(digits, 16, 64)
		if err != nil || n == 0 {
			return all.Bytes(), err
		}
		if _, err := io.CopyN(&all, in, n); err != nil {
			return nil, err
		}
		if _, err := in.Discard(2); err != nil {
			return nil, err
		}
	}
}

// keep stores an entry unless the condition forbids it.
func (f *fakeS3) keep(w http.ResponseWriter, r *http.Request, key string, e s3Entry) bool {
	_, there := f.objects[key]
	if there && r.Header.Get("If-None-Match") == "*" && !f.ignore {
		refuse(w, http.StatusPreconditionFailed, "PreconditionFailed")
		return false
	}
	f.objects[key] = e
	if f.lose > 0 {
		f.lose--
		panic(http.ErrAbortHandler) // the deferred unlock runs
	}
	w.Header().Set("ETag", etag(e.content))
	return true
}

func (f *fakeS3) send(w http.ResponseWriter, r *http.Request, key string) {
	e, there := f.objects[key]
	if !there {
		refuse(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	for name, values := range e.header {
		if strings.HasPrefix(name, "X-Amz-Meta-") {
			w.Header()[name] = values
		}
	}
	w.Header().Set("ETag", etag(e.content))
	http.ServeContent(w, r, "", e.modified, bytes.NewReader(e.content))
}

func (f *fakeS3) begin(w http.ResponseWriter, r *http.Request, key string) {
	id := strconv.Itoa(len(f.uploads) + 1)
	f.uploads[id] = &s3Upload{key: key, header: r.Header, parts: map[int][]byte{}, begun: time.Now()}
	answer(w, struct {
		XMLName  xml.Name `xml:"InitiateMultipartUploadResult"`
		UploadId string
	}{UploadId: id})
}

func (f *fakeS3) serveUpload(w http.ResponseWriter, r *http.Request, id string, body []byte) {
	u := f.uploads[id]
	switch {
	case u == nil:
		refuse(w, http.StatusNotFound, "NoSuchUpload")
	case r.Method == http.MethodPut:
		n, _ := strconv.Atoi(r.URL.Query().Get("partNumber"))
		u.parts[n] = body
		w.Header().Set("ETag", etag(body))
	case r.Method == http.MethodDelete:
		delete(f.uploads, id)
		w.WriteHeader(http.StatusNoContent)
	case r.Method == http.MethodPost:
		var content []byte
		for n := range len(u.parts) {
			content = append(content, u.parts[n+1]...)
		}
		delete(f.uploads, id)
		if f.keep(w, r, u.key, s3Entry{content, u.header, time.Now()}) {
			answer(w, struct {
				XMLName      xml.Name `xml:"CompleteMultipartUploadResult"`
				Bucket, ETag string
			}{Bucket: f.bucket, ETag: etag(content)})
		}
	default: // the parts so far
		answer(w, struct {
			XMLName xml.Name `xml:"ListPartsResult"`
		}{})
	}
}

// pageSize is small, so that lists have many pages.
const pageSize = 7

func (f *fakeS3) serveBucket(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	switch {
	case q.Has("uploads"):
		f.listUploads(w)
	case q.Get("list-type") == "2":
		f.list(w, q.Get("prefix"), q.Get("continuation-token"))
	}
}

type s3Listed struct {
	Key          string
	Size         int
	LastModified string
	ETag         string
}

func (f *fakeS3) list(w http.ResponseWriter, prefix, after string) {
	var page struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		IsTruncated           bool
		NextContinuationToken string
		Contents              []s3Listed
	}
	var keys []string
	for key := range f.objects {
		if strings.HasPrefix(key, prefix) && key > after {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	if len(keys) > pageSize {
		keys = keys[:pageSize]
		page.IsTruncated, page.NextContinuationToken = true, keys[pageSize-1]
	}
	for _, key := range keys {
		e := f.objects[key]
		page.Contents = append(page.Contents, s3Listed{key, len(e.content), e.modified.UTC().Format(time.RFC3339Nano), etag(e.content)})
	}
	answer(w, page)
}

func (f *fakeS3) listUploads(w http.ResponseWriter) {
	type upload struct{ Key, UploadId, Initiated string }
	var page struct {
		XMLName xml.Name `xml:"ListMultipartUploadsResult"`
		Upload  []upload
	}
	for id, u := range f.uploads {
		page.Upload = append(page.Upload, upload{u.key, id, u.begun.UTC().Format(time.RFC3339)})
	}
	answer(w, page)
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/xml")
	if err := xml.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, code)
}

func etag(content []byte) string {
	sum := md5.Sum(content)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}
