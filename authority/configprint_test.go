package authority

import (
	"bytes"
	"strings"
	"testing"
)

func TestPrintLeavesOutPasswords(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{"postgres://u:hemligt@db/x", "host=db password=hemligt user=u", "password = 'hem ligt' host=db", `host=db PASSWORD='hem\'ligt'`} {
		c := DefaultConfig()
		c.Worlds.Test.Database.DSN = dsn
		var b bytes.Buffer
		if err := c.Print(&b); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "ligt") || !strings.Contains(b.String(), "db") {
			t.Errorf("%s is printed as it is, or lost", dsn)
		}
		if c.Worlds.Test.Database.DSN != dsn {
			t.Errorf("printing changed the configuration")
		}
	}
}
