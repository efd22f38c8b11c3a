//go:build !linux

package main

import "errors"

func peakKiB() (int64, error) {
	return 0, errors.New("peak memory is measured on Linux only; leave this line out with -only")
}
