package filer

import "filtjanst/filing"

// Task is what files are built for: a transaction of a list, or an act on cases,
// perhaps by one transaction only.
type Task struct {
	List filing.Transaction // as [Desk.Build] takes it; "" for an act
	Act  Act                // as [Desk.Do] takes it; "" where Only needs one of several
	Only filing.Transaction
}

// Tasks are all that files are built for, by the names of their transactions and
// acts. A change in enforcement is one of several acts, which must be named besides.
func Tasks() map[string]Task {
	all := map[string]Task{
		string(filing.BFWithdrawal):  {Act: Withdraw, Only: filing.BFWithdrawal},
		string(filing.BFReduction):   {Act: Reduce, Only: filing.BFReduction},
		string(filing.VEChange):      {Only: filing.VEChange},
		string(filing.XXPartyChange): {Act: PartyChange, Only: filing.XXPartyChange},
	}
	for t := range Lists() {
		all[string(t)] = Task{List: t}
	}
	for _, act := range Acts() {
		all[string(act)] = Task{Act: act}
	}
	return all
}
