package blob_test

import (
	"testing"

	"filtjanst/authority/blob"
	"filtjanst/authority/blob/blobtest"
)

func TestDir(t *testing.T) {
	t.Parallel()
	blobtest.Conform(t, func(t *testing.T) blob.Store {
		d, err := blob.OpenDir(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return d
	})
}
