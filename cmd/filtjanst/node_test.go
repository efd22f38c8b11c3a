package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"filtjanst/authority"
	"filtjanst/authority/service"
)

func TestRefusalsBecomeMessages(t *testing.T) {
	t.Parallel()
	for sentence, want := range map[string]string{
		"Målet 7 finns inte.": "målet 7 finns inte", "I målet saknas skäl.": "i målet saknas skäl", "Öppna den först.": "öppna den först",
		"ABC har inget tillstånd.": "ABC har inget tillstånd", "R2 gäller.": "R2 gäller", "bf.serve behöver dag.": "bf.serve behöver dag", "": "",
	} {
		if got := lowered(sentence); got != want {
			t.Errorf("%q became %q", sentence, got)
		}
	}
}

func TestAnswersHaveTheirExitCodes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		exit int
	}{
		"done":        {nil, exitDone},
		"refused":     {service.UnknownCase("7"), exitRefused},
		"not running": {authority.ErrNotRunning, exitFailed},
		"fault":       {errors.New("disk"), exitFailed},
	} {
		if got := exitCode(answered(test.err)); got != test.exit {
			t.Errorf("%s: exit code %d", name, got)
		}
	}
}

// In a sandbox filers send to the test world; an authority works in production.
func TestWorldThatIsMeant(t *testing.T) {
	t.Parallel()
	sandbox, node := t.TempDir(), t.TempDir()
	if err := os.Mkdir(filepath.Join(sandbox, "authority"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		flags nodeFlags
		data  string
		world string
	}{
		{nodeFlags{data: sandbox}, filepath.Join(sandbox, "authority"), authority.Test},
		{nodeFlags{data: node}, node, authority.Production},
		{nodeFlags{data: sandbox, world: authority.Production}, filepath.Join(sandbox, "authority"), authority.Production},
		{nodeFlags{data: node, world: authority.Test}, node, authority.Test},
	} {
		control, world := test.flags.reach()
		if control.Data != test.data || world != test.world {
			t.Errorf("%+v reaches %s in %s", test.flags, world, control.Data)
		}
	}
}
