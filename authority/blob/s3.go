package blob

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3Config says where and how objects are kept in object storage.
type S3Config struct {
	Endpoint string // host or host:port
	Bucket   string
	Prefix   string // put before every key, such as "test/"
	Region   string
	// AccessKey and SecretKey; when empty, the AWS_ environment variables.
	AccessKey, SecretKey string
	// Insecure uses plain HTTP.
	Insecure bool
	// Transport replaces the standard one, as for a CA of one's own.
	Transport http.RoundTripper
}

// partSize is how much of an upload is held in memory, and the size of the
// parts of a larger one: 10 000 of them make 80 GB.
const partSize = 8 << 20

// nonceKey names the metadata that tells which call of Put stored an object.
const nonceKey = "Put"

// S3 keeps objects in a bucket. A put with If-None-Match creates once.
type S3 struct {
	client *minio.Client
	bucket string
	prefix string
}

// OpenS3 reaches the bucket, makes sure that it honours If-None-Match, and
// clears it of uploads cut off more than a day ago.
func OpenS3(ctx context.Context, cfg S3Config) (*S3, error) {
	client, err := minio.New(cfg.Endpoint, &minio.Options{
		Creds:     keys(cfg),
		Secure:    !cfg.Insecure,
		Transport: cfg.Transport,
		Region:    cfg.Region,
	})
	if err != nil {
		return nil, fmt.Errorf("blob: object storage at %q: %w", cfg.Endpoint, err)
	}
	s := &S3{client: client, bucket: cfg.Bucket, prefix: cfg.Prefix}
	there, err := client.BucketExists(ctx, cfg.Bucket)
	if err != nil {
		return nil, fmt.Errorf("blob: reach bucket %q: %w", cfg.Bucket, err)
	}
	if !there {
		return nil, fmt.Errorf("blob: bucket %q is not there; create it or name another", cfg.Bucket)
	}
	if err := s.probe(ctx); err != nil {
		return nil, fmt.Errorf("blob: bucket %q: %w", cfg.Bucket, err)
	}
	if err := s.clearDebris(ctx, time.Now().Add(-debrisAge)); err != nil {
		return nil, fmt.Errorf("blob: clear cut-off uploads of bucket %q: %w", cfg.Bucket, err)
	}
	return s, nil
}

func keys(cfg S3Config) *credentials.Credentials {
	if cfg.AccessKey != "" {
		return credentials.NewStaticV4(cfg.AccessKey, cfg.SecretKey, "")
	}
	return credentials.NewEnvAWS()
}

// probe stores an object twice: storage that lets the second through would let
// one upload overwrite another.
func (s *S3) probe(ctx context.Context) error {
	key := "probe-" + rand.Text()
	if _, err := s.Put(ctx, key, bytes.NewReader(nil)); err != nil {
		return err
	}
	_, again := s.Put(ctx, key, bytes.NewReader(nil))
	if err := s.Delete(ctx, key); err != nil {
		return err
	}
	if again == nil {
		return errors.New("it ignores If-None-Match, so one upload could overwrite another; use storage that supports conditional writes")
	}
	if !errors.Is(again, ErrExists) {
		return again
	}
	return nil
}

// Put stores what fits in one part by one request, the rest part by part.
func (s *S3) Put(ctx context.Context, key string, r io.Reader) (Written, error) {
	if err := valid("put", key); err != nil {
		return Written{}, err
	}
	from := digesting(ctx, r)
	part := make([]byte, partSize)
	n, err := io.ReadFull(from, part)
	nonce := rand.Text()
	switch {
	case err == nil:
		err = s.putParts(ctx, key, nonce, part, from)
	case ended(err):
		err = s.putWhole(ctx, key, nonce, part[:n])
	default:
		return Written{}, failed("put", key, err)
	}
	switch {
	case err == nil || s.isOurs(ctx, key, nonce):
		return from.written(), nil
	case taken(err):
		return Written{}, failed("put", key, ErrExists)
	}
	return Written{}, failed("put", key, err)
}

// ended tells whether ReadFull met the end. The digester wraps all errors of
// its source but that, so a bare one is ReadFull's own.
func ended(err error) bool {
	return err == io.EOF || err == io.ErrUnexpectedEOF //nolint:errorlint // a wrapped one is a source cut short
}

func (s *S3) putWhole(ctx context.Context, key, nonce string, content []byte) error {
	opts := options(nonce)
	opts.SetMatchETagExcept("*")
	_, err := s.client.PutObject(ctx, s.bucket, s.prefix+key, bytes.NewReader(content), int64(len(content)), opts)
	return err
}

func options(nonce string) minio.PutObjectOptions {
	return minio.PutObjectOptions{
		PartSize:       partSize,
		SendContentMd5: true,
		ContentType:    "application/octet-stream",
		UserMetadata:   map[string]string{nonceKey: nonce},
	}
}

// taken tells whether the storage refused to overwrite.
func taken(err error) bool {
	return err != nil && minio.ToErrorResponse(err).StatusCode == http.StatusPreconditionFailed
}

// isOurs tells whether the object is one this call stored although it failed:
// the answer was lost on the way, and when the client sent the request again it
// was told that the key is taken or the upload gone.
func (s *S3) isOurs(ctx context.Context, key, nonce string) bool {
	info, err := s.client.StatObject(ctx, s.bucket, s.prefix+key, minio.StatObjectOptions{})
	return err == nil && info.UserMetadata[nonceKey] == nonce
}

// Open opens the object. It is read while ctx lasts.
func (s *S3) Open(ctx context.Context, key string) (Object, error) {
	if err := valid("open", key); err != nil {
		return nil, err
	}
	o, err := s.client.GetObject(ctx, s.bucket, s.prefix+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, failed("open", key, absent(err))
	}
	info, err := o.Stat()
	if err != nil {
		o.Close()
		return nil, failed("open", key, absent(err))
	}
	return &s3Object{o, info.Size}, nil
}

type s3Object struct {
	*minio.Object
	size int64
}

func (o *s3Object) Size() int64 { return o.size }

// Stat describes the object.
func (s *S3) Stat(ctx context.Context, key string) (Info, error) {
	if err := valid("stat", key); err != nil {
		return Info{}, err
	}
	info, err := s.client.StatObject(ctx, s.bucket, s.prefix+key, minio.StatObjectOptions{})
	if err != nil {
		return Info{}, failed("stat", key, absent(err))
	}
	return Info{Key: key, Size: info.Size, Modified: info.LastModified}, nil
}

// Delete removes the object.
func (s *S3) Delete(ctx context.Context, key string) error {
	if err := valid("delete", key); err != nil {
		return err
	}
	err := s.client.RemoveObject(ctx, s.bucket, s.prefix+key, minio.RemoveObjectOptions{})
	if errors.Is(absent(err), ErrNotFound) {
		return nil
	}
	return failed("delete", key, err)
}

// List walks the objects under the prefix whose names are keys.
func (s *S3) List(ctx context.Context) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		for o := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.prefix, Recursive: true}) {
			if o.Err != nil {
				yield(Info{}, fmt.Errorf("blob: list: %w", o.Err))
				return
			}
			key := o.Key[len(s.prefix):]
			if !keyForm.MatchString(key) {
				continue // not ours
			}
			if !yield(Info{Key: key, Size: o.Size, Modified: o.LastModified}, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil { // between two pages the client says nothing of it
			yield(Info{}, fmt.Errorf("blob: list: %w", err))
		}
	}
}

// clearDebris ends uploads in parts that a crash cut off before the given
// moment; they cost space and are not seen by List.
func (s *S3) clearDebris(ctx context.Context, before time.Time) error {
	ctx, cancel := context.WithCancel(ctx)
	core := minio.Core{Client: s.client}
	uploads := s.client.ListIncompleteUploads(ctx, s.bucket, s.prefix, true)
	defer func() {
		cancel()
		for range uploads { // its goroutine ends when all is taken
			continue
		}
	}()
	for u := range uploads {
		if u.Err != nil {
			return u.Err
		}
		if !u.Initiated.Before(before) {
			continue
		}
		if err := core.AbortMultipartUpload(ctx, s.bucket, u.Key, u.UploadID); err != nil {
			return err
		}
	}
	return nil
}

func absent(err error) error {
	if err != nil && minio.ToErrorResponse(err).StatusCode == http.StatusNotFound {
		return ErrNotFound
	}
	return err
}
