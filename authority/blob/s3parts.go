package blob

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/base64"
	"io"
	"time"

	"github.com/minio/minio-go/v7"
)

// abortTime bounds the tidying after a failed upload; its context may be over.
const abortTime = 30 * time.Second

// putParts stores part, which is full, and what follows in r. The client's own
// upload in parts does not carry If-None-Match to the request that counts.
func (s *S3) putParts(ctx context.Context, key, nonce string, part []byte, r io.Reader) error {
	core, name := minio.Core{Client: s.client}, s.prefix+key
	id, err := core.NewMultipartUpload(ctx, s.bucket, name, options(nonce))
	if err != nil {
		return err
	}
	parts, err := s.sendParts(ctx, name, id, part, r)
	if err == nil {
		var opts minio.PutObjectOptions
		opts.SetMatchETagExcept("*")
		_, err = core.CompleteMultipartUpload(ctx, s.bucket, name, id, parts, opts)
	}
	if err != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), abortTime)
		defer cancel()
		_ = core.AbortMultipartUpload(ctx, s.bucket, name, id) // clearDebris does it otherwise
	}
	return err
}

// sendParts sends part, and refills and sends it until r ends.
func (s *S3) sendParts(ctx context.Context, name, id string, part []byte, r io.Reader) ([]minio.CompletePart, error) {
	var sent []minio.CompletePart
	for n := len(part); n > 0; {
		p, err := s.sendPart(ctx, name, id, len(sent)+1, part[:n])
		if err != nil {
			return nil, err
		}
		sent = append(sent, minio.CompletePart{PartNumber: p.PartNumber, ETag: p.ETag})
		n, err = io.ReadFull(r, part)
		if err != nil && !ended(err) {
			return nil, err
		}
	}
	return sent, nil
}

func (s *S3) sendPart(ctx context.Context, name, id string, number int, content []byte) (minio.ObjectPart, error) {
	sum := md5.Sum(content)
	opts := minio.PutObjectPartOptions{Md5Base64: base64.StdEncoding.EncodeToString(sum[:])}
	core := minio.Core{Client: s.client}
	return core.PutObjectPart(ctx, s.bucket, name, id, number, bytes.NewReader(content), int64(len(content)), opts)
}
