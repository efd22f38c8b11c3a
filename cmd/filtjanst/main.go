// Command filtjanst is the authority's node, the filer's tool and the
// rehearsal stage in one binary.
//
// This package wires and nothing else: one file holds one group of commands,
// and what a command does stands in the packages below. The rules of its
// output, held by every command:
//
//   - data go to standard output, words to standard error
//   - --format json or jsonl wherever a program may read
//   - messages begin without a capital and end without a full stop
//   - hints stand on lines of their own
//   - every message exists in Swedish and English; see app.say
//   - the exit codes are those of exit.go
package main

import "os"

func main() { os.Exit(run(newApp(), os.Args[1:])) }
