package filer

import (
	"testing"

	"filtjanst/filing"
)

// Every task is one that Build or Do carries out, under a name of the catalogue or
// of an act, and everything that they carry out has a task.
func TestTasks(t *testing.T) {
	t.Parallel()
	lists, acts := map[filing.Transaction]bool{}, map[Act]bool{}
	for name, task := range Tasks() {
		lists[task.List], acts[task.Act] = true, true
		_, transaction := filing.Info(filing.Transaction(name))
		switch {
		case task.List != "" && (string(task.List) != name || task.Act != "" || task.Only != ""):
			t.Errorf("%s: %+v", name, task)
		case task.Only != "" && string(task.Only) != name:
			t.Errorf("%s builds %s", name, task.Only)
		case task.List == "" && task.Only == "" && string(task.Act) != name:
			t.Errorf("%s does %s", name, task.Act)
		case (task.List != "" || task.Only != "") && !transaction:
			t.Errorf("there is no transaction %s", name)
		}
	}
	for tx := range Lists() {
		if !lists[tx] {
			t.Errorf("no task for the list of %s", tx)
		}
	}
	for _, act := range Acts() {
		if !acts[act] {
			t.Errorf("no task for %s", act)
		}
	}
}
