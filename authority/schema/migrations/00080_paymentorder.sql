-- +goose Up

-- What is set aside for a file before its first document: document n becomes
-- case first_case + n - 1 with serial number first_serial + n - 1.
CREATE TABLE paymentorder_file (
	file         {{id}},
	code         {{text}} NOT NULL,
	name         {{text}} NOT NULL,
	sequence     BIGINT NOT NULL,
	documents    BIGINT NOT NULL,
	first_case   BIGINT NOT NULL,
	series       {{text}} NOT NULL,
	first_serial BIGINT NOT NULL,
	registered   {{text}} NOT NULL,
	fee          BIGINT NOT NULL
);
CREATE INDEX paymentorder_file_key ON paymentorder_file (code, sequence);

-- The guard of what is held for a file: taken by whoever holds a document back
-- and by each chunk that is read in, so that neither misses the other.
CREATE TABLE paymentorder_gate (
	file BIGINT NOT NULL PRIMARY KEY,
	held BIGINT NOT NULL
) {{keyed}};

-- Documents held for an application that is not read in yet (R70), in the order of
-- their time. kind: withdrawal, reduction, party. They go when the
-- application is read in, within days, and are kept no longer.
CREATE TABLE paymentorder_held (
	id             {{id}},
	file           BIGINT   NOT NULL, -- the application file
	reference      {{text}} NOT NULL,
	code_id        BIGINT   NOT NULL,
	kind           {{text}} NOT NULL,
	source         BIGINT   NOT NULL, -- the file that brought it
	document       BIGINT   NOT NULL, -- and its number there
	day            {{text}} NOT NULL,
	at             BIGINT   NOT NULL,
	applicant      {{text}} NOT NULL,
	respondent     {{text}} NOT NULL,
	one_respondent BOOLEAN  NOT NULL,
	part           BIGINT   NOT NULL,
	measure        {{text}} NOT NULL, -- of a reduction: to, by
	amount         BIGINT   NOT NULL,
	paid           {{text}},
	reason         {{text}} NOT NULL
);
CREATE INDEX paymentorder_held_key ON paymentorder_held (file, reference);

-- The row of a case is the guard of all that belongs to it: changes counts what
-- was done, touched is the day of the last of it. confirmed, confirmed_sum and
-- held_code are what the confirmation says, as is repeats: the number of an
-- earlier case of the filer with a claim of this one. closed is
-- the day on which no pair was open any longer.
-- purge_after is set when nothing more can happen and holds for all rows of the
-- case, which go with it; its verdicts are kept longer. blocked withholds data after correction (blockering): of
-- the case, or of one person in it.
CREATE TABLE paymentorder_case (
	id               {{id}},
	number           {{text}} NOT NULL,
	file             BIGINT NOT NULL,
	reference        {{text}} NOT NULL,
	code_id          BIGINT NOT NULL,
	main_code_id     BIGINT NOT NULL,
	arrived          BIGINT NOT NULL,
	registered       {{text}} NOT NULL,
	notice           {{text}} NOT NULL,
	no_enforcement   BOOLEAN NOT NULL,
	joint            BOOLEAN NOT NULL,
	negotiable_note  BOOLEAN NOT NULL,
	requests         {{text}} NOT NULL,
	demand_date      {{text}},
	pay_before       {{text}},
	own_work_reasons {{text}} NOT NULL,
	total            BIGINT NOT NULL,
	fee              BIGINT NOT NULL,
	payee_kind       {{text}} NOT NULL,
	payee_account    {{text}} NOT NULL,
	payee_name       {{text}} NOT NULL,
	payee_identity   {{text}} NOT NULL,
	confirmed        {{text}} NOT NULL,
	confirmed_sum    BIGINT NOT NULL,
	held_code        {{text}} NOT NULL,
	repeats          {{text}} NOT NULL,
	changes          BIGINT NOT NULL DEFAULT 0,
	touched          {{text}} NOT NULL,
	closed           {{text}},
	purge_after      {{text}},
	blocked          BOOLEAN NOT NULL DEFAULT FALSE,
	UNIQUE (number),
	UNIQUE (file, reference)
);
CREATE INDEX paymentorder_case_code ON paymentorder_case (code_id, id);
CREATE INDEX paymentorder_case_reference ON paymentorder_case (code_id, reference);
CREATE INDEX paymentorder_case_touched ON paymentorder_case (touched);
CREATE INDEX paymentorder_case_purge ON paymentorder_case (purge_after) WHERE purge_after IS NOT NULL;

-- The persons of a case. role: applicant (sökande), respondent (svarande),
-- representative (ombud) of the applicants, legal_representative
-- (ställföreträdare) of the respondent with the same position. A respondent
-- has a row in paymentorder_respondent too.
CREATE TABLE paymentorder_party (
	case_id     BIGINT NOT NULL REFERENCES paymentorder_case (id) ON DELETE CASCADE,
	role        {{text}} NOT NULL,
	position    BIGINT NOT NULL,
	identity    {{text}} NOT NULL,
	name        {{text}} NOT NULL,
	care_of     {{text}} NOT NULL,
	street      {{text}} NOT NULL,
	postal_code {{text}} NOT NULL,
	town        {{text}} NOT NULL,
	country     {{text}} NOT NULL,
	phone       {{text}} NOT NULL,
	mobile      {{text}} NOT NULL,
	email       {{text}} NOT NULL,
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (case_id, role, position)
) {{keyed}};
CREATE INDEX paymentorder_party_identity ON paymentorder_party (identity, role, case_id);

-- What service of process (delgivning) needs of a respondent, and how it went.
-- answer_days is the time to answer where the order gives another than usual.
CREATE TABLE paymentorder_respondent (
	case_id         BIGINT NOT NULL REFERENCES paymentorder_case (id) ON DELETE CASCADE,
	position        BIGINT NOT NULL,
	estate          BOOLEAN NOT NULL,
	other_address   {{text}} NOT NULL,
	workplace       {{text}} NOT NULL,
	address_inquiry {{text}} NOT NULL,
	served          {{text}},
	answer_days     BIGINT NOT NULL DEFAULT 0,
	service_failed  {{text}},
	reminded        {{text}}, -- of service, the latest time
	purge_after     {{text}},
	blocked         BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (case_id, position)
) {{keyed}};

CREATE TABLE paymentorder_claim_part (
	case_id           BIGINT NOT NULL REFERENCES paymentorder_case (id) ON DELETE CASCADE,
	position          BIGINT NOT NULL,
	type              {{text}} NOT NULL,
	amount            BIGINT NOT NULL,
	interest_kind     {{text}} NOT NULL,
	interest_rate     BIGINT NOT NULL,
	interest_from     {{text}},
	accrued           BIGINT NOT NULL,
	accrued_to        {{text}},
	interest_ground   {{text}} NOT NULL,
	invoice_number    {{text}} NOT NULL,
	invoice_date      {{text}},
	due_date          {{text}},
	creditor_name     {{text}} NOT NULL,
	creditor_identity {{text}} NOT NULL,
	ground            {{text}} NOT NULL,
	purge_after       {{text}},
	blocked           BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (case_id, position)
) {{keyed}};

-- The pairs of respondent and claim part (files.md §8.2). A pair that is partly
-- contested is cut: its slices differ in state and their amounts add up. state is
-- changed only by the table of states, on the state expected. until is the last
-- day of the state, where time ends it. amount and accrued are what is claimed
-- of the pair now, the share of the respondent where liability is not joint; once
-- a verdict is given, accrued is the interest that it grants. claim tells creditor,
-- invoice and debtor (service.Claims), 0 where there is no invoice.
CREATE TABLE paymentorder_state (
	id         {{id}},
	case_id    BIGINT   NOT NULL REFERENCES paymentorder_case (id) ON DELETE CASCADE,
	respondent BIGINT   NOT NULL,
	part       BIGINT   NOT NULL,
	slice      BIGINT   NOT NULL,
	state      {{text}} NOT NULL,
	since      {{text}} NOT NULL,
	until      {{text}},
	amount     BIGINT   NOT NULL CHECK (amount >= 0),
	accrued    BIGINT   NOT NULL CHECK (accrued >= 0),
	stayed     BOOLEAN  NOT NULL DEFAULT FALSE,
	verdict_id BIGINT   NOT NULL DEFAULT 0,
	claim      BIGINT   NOT NULL DEFAULT 0
);
CREATE INDEX paymentorder_state_case ON paymentorder_state (case_id, respondent, part, slice);
CREATE INDEX paymentorder_state_claim ON paymentorder_state (claim, case_id) WHERE claim <> 0;

-- What the applicant lowered a slice by. paid: interest on it ran until then.
CREATE TABLE paymentorder_reduction (
	state_id BIGINT NOT NULL REFERENCES paymentorder_state (id) ON DELETE CASCADE,
	number   BIGINT NOT NULL,
	day      {{text}} NOT NULL,
	amount   BIGINT NOT NULL,
	accrued  BIGINT NOT NULL,
	paid     {{text}},
	file     BIGINT NOT NULL,
	PRIMARY KEY (state_id, number)
) {{keyed}};

-- Assignments of the claim (överlåtelse) told while the case went on.
CREATE TABLE paymentorder_assignment (
	case_id       BIGINT   NOT NULL REFERENCES paymentorder_case (id) ON DELETE CASCADE,
	number        BIGINT   NOT NULL,
	from_identity {{text}} NOT NULL,
	from_name     {{text}} NOT NULL,
	to_identity   {{text}} NOT NULL,
	to_name       {{text}} NOT NULL,
	day           {{text}} NOT NULL,
	deposited     {{text}} NOT NULL,
	PRIMARY KEY (case_id, number)
) {{keyed}};

-- Verdicts (utslag). They outlive their case (KFD 2:12) and hold what they say.
-- batch and line are the place in the verdict files of the code. set_aside is
-- the part of total that a court has set aside for a respondent.
CREATE TABLE paymentorder_verdict (
	id                 {{id}},
	number             {{text}} NOT NULL UNIQUE,
	case_id            BIGINT   NOT NULL,
	case_number        {{text}} NOT NULL,
	reference          {{text}} NOT NULL,
	code_id            BIGINT   NOT NULL,
	day                {{text}} NOT NULL,
	applicant_identity {{text}} NOT NULL,
	applicant_name     {{text}} NOT NULL,
	joint              BOOLEAN  NOT NULL,
	enforced           BOOLEAN  NOT NULL,
	interest           BIGINT   NOT NULL,
	costs              BIGINT   NOT NULL,
	total              BIGINT   NOT NULL,
	legal_force        {{text}},
	batch              BIGINT   NOT NULL,
	line               BIGINT   NOT NULL,
	purge_after        {{text}},
	blocked            BOOLEAN  NOT NULL DEFAULT FALSE
);
CREATE INDEX paymentorder_verdict_case ON paymentorder_verdict (case_id);
CREATE INDEX paymentorder_verdict_batch ON paymentorder_verdict (code_id, batch, line);
CREATE INDEX paymentorder_verdict_purge ON paymentorder_verdict (purge_after) WHERE purge_after IS NOT NULL;

CREATE TABLE paymentorder_verdict_respondent (
	verdict_id       BIGINT   NOT NULL REFERENCES paymentorder_verdict (id) ON DELETE CASCADE,
	position         BIGINT   NOT NULL,
	identity         {{text}} NOT NULL,
	name             {{text}} NOT NULL,
	enforcement_case {{text}} NOT NULL,
	set_aside        BIGINT   NOT NULL DEFAULT 0,
	PRIMARY KEY (verdict_id, position)
) {{keyed}};
CREATE INDEX paymentorder_verdict_respondent_identity ON paymentorder_verdict_respondent (identity, verdict_id);

CREATE TABLE paymentorder_verdict_part (
	verdict_id    BIGINT   NOT NULL REFERENCES paymentorder_verdict (id) ON DELETE CASCADE,
	part          BIGINT   NOT NULL,
	type          {{text}} NOT NULL,
	amount        BIGINT   NOT NULL,
	accrued       BIGINT   NOT NULL, -- interest to the day of the verdict
	interest_kind {{text}} NOT NULL,
	interest_rate BIGINT   NOT NULL,
	interest_from {{text}},
	PRIMARY KEY (verdict_id, part)
) {{keyed}};

-- The outgoing files of a code: batch is the number of the next one, lines how
-- many it has so far.
CREATE TABLE paymentorder_outgoing (
	code_id          BIGINT   NOT NULL,
	transaction_name {{text}} NOT NULL,
	code             {{text}} NOT NULL,
	batch            BIGINT   NOT NULL,
	lines            BIGINT   NOT NULL,
	PRIMARY KEY (code_id, transaction_name)
) {{keyed}};
CREATE INDEX paymentorder_outgoing_waiting ON paymentorder_outgoing (transaction_name, code_id) WHERE lines > 0;

-- Lines of bf.event, our own extension.
CREATE TABLE paymentorder_report (
	code_id     BIGINT   NOT NULL,
	batch       BIGINT   NOT NULL,
	line        BIGINT   NOT NULL,
	case_id     BIGINT   NOT NULL REFERENCES paymentorder_case (id) ON DELETE CASCADE,
	case_number {{text}} NOT NULL,
	reference   {{text}} NOT NULL,
	kind        {{text}} NOT NULL,
	day         {{text}} NOT NULL,
	respondent  {{text}} NOT NULL,
	part        BIGINT   NOT NULL,
	amount      BIGINT   NOT NULL,
	last_day    {{text}},
	remark      {{text}} NOT NULL,
	PRIMARY KEY (code_id, batch, line)
) {{keyed}};
CREATE INDEX paymentorder_report_case ON paymentorder_report (case_id);

-- Who is respondent in which case, for portfolios: read by restructuring,
-- extract and portfolio. open tells whether the case goes on or has a verdict
-- that stands. Blocked data are left out.
CREATE VIEW paymentorder_debtors AS
	SELECT p.identity, c.id AS case_id, c.number AS case_number, c.reference, c.code_id, p.position AS respondent,
		c.registered, EXISTS (SELECT 1 FROM paymentorder_state s WHERE s.case_id = c.id AND s.respondent = p.position
			AND s.state NOT IN ('transferred', 'discontinued', 'dismissed', 'set_aside', 'legal_force')) AS open
	FROM paymentorder_case c JOIN paymentorder_party p ON p.case_id = c.id AND p.role = 'respondent'
	WHERE NOT c.blocked AND NOT p.blocked;

-- Applications and verdicts for credit information: read by extract. kind is
-- application or verdict; an application that was discontinued or dismissed and
-- a verdict that was set aside stand no longer (gone). Blocked rows are told so,
-- that those who have them may be informed (BFF §17).
CREATE VIEW paymentorder_credit AS
	SELECT 'application' AS kind, c.id AS id, c.number AS case_number, '' AS verdict_number, p.identity, p.name,
		a.name AS applicant, a.identity AS applicant_identity,
		c.registered AS day, c.confirmed_sum AS amount, c.blocked OR p.blocked AS blocked,
		NOT EXISTS (SELECT 1 FROM paymentorder_state s WHERE s.case_id = c.id AND s.respondent = p.position
			AND s.state NOT IN ('discontinued', 'dismissed', 'set_aside')) AS gone
	FROM paymentorder_case c JOIN paymentorder_party p ON p.case_id = c.id AND p.role = 'respondent'
	LEFT JOIN paymentorder_party a ON a.case_id = c.id AND a.role = 'applicant' AND a.position = 1
	UNION ALL
	SELECT 'verdict', v.id, v.case_number, v.number, r.identity, r.name, v.applicant_name, v.applicant_identity, v.day, v.total - r.set_aside,
		v.blocked, r.set_aside >= v.total
	FROM paymentorder_verdict v JOIN paymentorder_verdict_respondent r ON r.verdict_id = v.id;

-- Of whom paymentorder_credit may tell something else since the day: read by
-- extract. Deleted cases are not told. CROSS JOIN keeps SQLite from going through
-- everybody for the sake of an order.
CREATE VIEW paymentorder_touched AS
	SELECT p.identity, c.touched AS day
	FROM paymentorder_case c CROSS JOIN paymentorder_party p WHERE p.case_id = c.id AND p.role = 'respondent';

-- +goose Down
DROP VIEW paymentorder_touched;
DROP VIEW paymentorder_credit;
DROP VIEW paymentorder_debtors;
DROP TABLE paymentorder_report;
DROP TABLE paymentorder_outgoing;
DROP TABLE paymentorder_verdict_part;
DROP TABLE paymentorder_verdict_respondent;
DROP TABLE paymentorder_verdict;
DROP TABLE paymentorder_assignment;
DROP TABLE paymentorder_reduction;
DROP TABLE paymentorder_state;
DROP TABLE paymentorder_claim_part;
DROP TABLE paymentorder_respondent;
DROP TABLE paymentorder_party;
DROP TABLE paymentorder_case;
DROP TABLE paymentorder_held;
DROP TABLE paymentorder_gate;
DROP TABLE paymentorder_file;
