package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
)

// peakKiB is the largest resident size of this process since it was started.
// The maxrss of getrusage will not do here: across an exec Linux carries over
// that of the process that forked.
func peakKiB() (int64, error) {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if rest, ok := strings.CutPrefix(s.Text(), "VmHWM:"); ok {
			var kib int64
			_, err := fmt.Sscanf(rest, "%d kB", &kib)
			return kib, err
		}
	}
	return 0, errors.New("/proc/self/status tells no VmHWM")
}
