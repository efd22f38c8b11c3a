package main

import (
	"archive/tar"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"filtjanst":  main,
		"claimfile":  claimfile,
		"filefor":    fileFor,
		"answer":     answer,
		"profileset": profileset,
	})
}

// TestScripts runs the scripts of testdata/script, which say by example what
// each command does.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TODAY", filingtest.Today.String())
			claims, err := filepath.Abs("../../filer/claimlist/export.csv")
			env.Setenv("CLAIMS", claims)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"replace":  replace,
			"exitcode": exitcode,
			"cmpjson":  cmpjson,
			"until":    until,
		},
	})
}

// replace FILE OLD NEW replaces the first OLD in the file, byte for byte.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	if !bytes.Contains(data, []byte(args[1])) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, bytes.Replace(data, []byte(args[1]), []byte(args[2]), 1), 0o644))
}

// exitcode N COMMAND ARGS... carries out the command, which must end with the
// exit code.
func exitcode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode N COMMAND ARGS...")
	}
	code := 0
	if exit, ok := errors.AsType[*exec.ExitError](ts.Exec(args[1], args[2:]...)); ok {
		code = exit.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, wants %s", code, args[0])
	}
}

// cmpjson OUTPUT FILE compares byte for byte, but that "*" in the file stands
// for any text.
func cmpjson(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cmpjson OUTPUT FILE")
	}
	want := strings.ReplaceAll(regexp.QuoteMeta(ts.ReadFile(args[1])), `"\*"`, `"[^"]+"`)
	if got := ts.ReadFile(args[0]); !regexp.MustCompile("^" + want + "$").MatchString(got) {
		ts.Fatalf("%s is\n%s\nwants\n%s", args[0], got, ts.ReadFile(args[1]))
	}
}

// claimfile writes an application file, or the cover note of one.
func claimfile() {
	n := flag.Int("n", 3, "applications")
	seed := flag.Uint64("seed", 1, "of the applications")
	form := flag.String("form", "text", "text or xml")
	code := flag.String("code", "ABC", "party code")
	note := flag.Bool("note", false, "write the cover note instead")
	flag.Parse()

	all := filingtest.New(*seed).Applications(*n)
	facts := filingtest.Facts(*code, 17, all)
	write := writeClaims
	if *note {
		write = writeClaimNote
	}
	var out bytes.Buffer
	err := write(&out, filing.Form(*form), facts, all)
	if err == nil {
		err = os.WriteFile(flag.Arg(0), out.Bytes(), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writeClaims(out *bytes.Buffer, f filing.Form, facts filing.FileFacts, all []filing.Application) error {
	w, err := filing.NewWriter(out, filing.Own(), filing.BFApplication, f, facts)
	if err != nil {
		return err
	}
	for i := range all {
		if err := w.Write(&all[i]); err != nil {
			return err
		}
	}
	return w.Close()
}

func writeClaimNote(out *bytes.Buffer, f filing.Form, facts filing.FileFacts, _ []filing.Application) error {
	return filing.WriteNote(out, filing.Own(), f, filing.Note{
		Transaction: filing.BFApplication, PartyCode: facts.PartyCode, Sequence: facts.Sequence,
		Documents: &facts.Documents, Sum: &facts.Sum, Date: &facts.Created,
	})
}

// fileFor writes a file of any transaction, of three documents if it has some.
func fileFor() {
	tx, form, path := filing.Transaction(os.Args[1]), filing.Form(os.Args[2]), os.Args[3]
	data, err := filingtest.File(filing.Own(), tx, form, 1, 3)
	if err == nil {
		err = os.WriteFile(path, data, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// profileset NAME DAY CODE DIR writes the built-in profiles as a set of another
// name, valid from the day and for the party code.
func profileset() {
	name, day, code, dir := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	err := os.MkdirAll(dir, 0o755)
	if err == nil {
		err = unpack(filing.Own().Archive(), dir)
	}
	if err == nil {
		manifest := fmt.Sprintf("name = %q\nvalid_from = %q\nstatus = \"own\"\nfilers = [%q]\nsv = \"prov\"\nen = \"test\"\n", name, day, code)
		err = os.WriteFile(filepath.Join(dir, "set.toml"), []byte(manifest), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func unpack(archive []byte, dir string) error {
	files := tar.NewReader(bytes.NewReader(archive))
	for {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(files)
		if err == nil {
			err = os.MkdirAll(filepath.Join(dir, filepath.Dir(header.Name)), 0o755)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, filepath.FromSlash(header.Name)), data, 0o644)
		}
		if err != nil {
			return err
		}
	}
}

// until COMMAND ARGS... carries out the command until it succeeds.
func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: until COMMAND ARGS...")
	}
	var err error
	for range 200 {
		if err = ts.Exec(args[0], args[1:]...); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%v did not succeed: %v", args, err)
}
