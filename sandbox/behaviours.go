package sandbox

// Behaviours lists how debtors live, by serial. The first is how everybody
// lives of whom nothing else is said.
func Behaviours() []Behaviour {
	return append(append(beforeVerdict(), afterVerdict()...), inEnforcement()...)
}

func beforeVerdict() []Behaviour {
	served := Step{On: OnOrder, After: 3, Do: Serve}
	return []Behaviour{
		{980, "silent", "tiger: delges, svarar inte, betalar inte", "silent: is served, does not answer, does not pay", false, []Step{served}},
		{981, "pays_applicant", "betalar allt till sökanden efter föreläggandet", "pays all to the applicant after the order", false,
			[]Step{served, {On: OnOrder, After: 6, Do: PayApplicant, Percent: 100}}},
		{982, "pays_in_part", "betalar en del till sökanden efter föreläggandet, i verkställigheten en del till myndigheten och en del till sökanden",
			"pays a part to the applicant after the order; in enforcement a part to the authority and a part to the applicant", false,
			[]Step{served, {On: OnOrder, After: 6, Do: PayApplicant, Percent: 40},
				{On: OnEnforcement, After: 14, Do: PayAuthority, Percent: 50}, {On: OnEnforcement, After: 40, Do: PayApplicant, Percent: 25}}},
		{983, "objects", "bestrider hela kravet i tid", "objects to the whole claim in time", false,
			[]Step{served, {On: OnOrder, After: 8, Do: Object, Percent: 100}}},
		{984, "objects_in_part", "bestrider halva första delkravet i tid", "objects in time to half of the first claim part", false,
			[]Step{served, {On: OnOrder, After: 8, Do: Object, Percent: 50}}},
		{985, "objects_late", "bestrider för sent: skriver efter utslaget, och tiger på frågan om återvinning",
			"objects late: writes after the verdict, and is silent when asked about reopening", false,
			[]Step{served, {On: OnVerdict, After: 1, Do: Write}}},
		{986, "not_served", "kan inte delges, och sökanden ordnar inte delgivningen", "cannot be served, and the applicant does not arrange it", false,
			[]Step{{On: OnOrder, After: 21, Do: FailService}, {On: OnOffer, After: 5, Do: DeclineService}}},
		{987, "served_by_applicant", "kan inte delges, men sökanden ordnar delgivningen", "cannot be served, but the applicant arranges it", false,
			[]Step{{On: OnOrder, After: 21, Do: FailService}, {On: OnOffer, After: 5, Do: AcceptService}, {On: OnOffer, After: 20, Do: Serve}}},
		{988, "moves", "har flyttat: brevet kommer i retur, en ny adress hittas, delges där",
			"has moved: the letter comes back, a new address is found, is served there", false,
			[]Step{{On: OnOrder, After: 4, Do: ReturnLetter}, {On: OnOrder, After: 10, Do: Move}, {On: OnOrder, After: 14, Do: Serve}}},
		{989, "protected", "får skyddade personuppgifter, delges och tiger", "becomes protected, is served and silent", true,
			[]Step{{On: OnOrder, After: 1, Do: Protect}, served, {On: OnApplication, After: 1, Do: Protect}}},
	}
}

func afterVerdict() []Behaviour {
	served := Step{On: OnOrder, After: 3, Do: Serve}
	return []Behaviour{
		{990, "reopens_in_vain", "söker återvinning; utslaget står fast", "applies for reopening; the verdict stands", false,
			[]Step{served, {On: OnVerdict, After: 10, Do: Reopen}, {On: OnVerdict, After: 60, Do: LetStand}}},
		{991, "reopens", "söker återvinning; inhibition, och utslaget upphävs", "applies for reopening; enforcement is stayed and the verdict set aside", false,
			[]Step{served, {On: OnVerdict, After: 10, Do: Reopen}, {On: OnVerdict, After: 12, Do: Stay}, {On: OnVerdict, After: 90, Do: SetAside}}},
		{992, "dies", "avlider; dödsboet och dess företrädare anges", "dies; the estate and who acts for it are named", true,
			[]Step{{On: OnOrder, After: 2, Do: Die}, {On: OnOrder, After: 25, Do: NameEstate}, {On: OnOrder, After: 30, Do: Serve},
				{On: OnApplication, After: 10, Do: Die}, {On: OnApplication, After: 40, Do: NameEstate}}},
		{993, "dies_without_estate", "avlider; dödsboet anges aldrig", "dies; the estate is never named", true,
			[]Step{{On: OnOrder, After: 2, Do: Die}, {On: OnApplication, After: 10, Do: Die}}},
	}
}

func inEnforcement() []Behaviour {
	served := Step{On: OnOrder, After: 3, Do: Serve}
	return []Behaviour{
		{994, "pays_authority", "betalar allt till myndigheten i verkställigheten", "pays all to the authority in enforcement", false,
			[]Step{served, {On: OnEnforcement, After: 15, Do: PayAuthority, Percent: 100}}},
		{995, "earns", "har lön: löneutmätning, ändrad en gång, med pengar den 25:e i månaden tills skulden är betald",
			"has earnings: they are attached, changed once, with money on the 25th of the month until the debt is paid", true,
			[]Step{served, {On: OnEnforcement, After: 12, Do: AttachEarnings}, {On: OnEnforcement, After: 13, Do: PayWages},
				{On: OnEnforcement, After: 100, Do: ChangeEarnings}}},
		{996, "no_assets", "saknar tillgångar: utredning och bevakning, och ny utredning efter ett halvår",
			"has no assets: investigation and monitoring, and another investigation after half a year", false,
			[]Step{served, {On: OnEnforcement, After: 12, Do: FindNothing}, {On: OnEnforcement, After: 220, Do: FindNothing}}},
		{997, "bankrupt", "går i konkurs, som tar slut utan utdelning", "goes bankrupt, which ends without distribution", false,
			[]Step{served, {On: OnEnforcement, After: 12, Do: GoBankrupt}, {On: OnEnforcement, After: 200, Do: EndBankruptcy}}},
		{998, "restructured", "får skuldsanering om någon fordran anmäls, annars avslås den",
			"is granted debt restructuring if a claim is reported, else it is refused", true,
			[]Step{served, {On: OnEnforcement, After: 12, Do: OpenRestructuring}, {On: OnEnforcement, After: 65, Do: Propose}, {On: OnEnforcement, After: 110, Do: Grant}}},
		{999, "not_restructured", "skuldsanering inleds men avslås", "debt restructuring is opened but refused", true,
			[]Step{served, {On: OnEnforcement, After: 12, Do: OpenRestructuring}, {On: OnEnforcement, After: 65, Do: RefuseRestructuring}}},
	}
}
