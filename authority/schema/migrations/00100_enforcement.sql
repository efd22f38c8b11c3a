-- +goose Up

-- What is set aside for a chunk of a file before it is read in: its cases in
-- the order of documents and debtors. A chunk that is broken off and begun
-- again finds the same.
CREATE TABLE enforcement_chunk (
	file              BIGINT   NOT NULL,
	document          BIGINT   NOT NULL, -- the first of the chunk
	documents         BIGINT   NOT NULL,
	cases             BIGINT   NOT NULL,
	first_application BIGINT   NOT NULL,
	first_case        BIGINT   NOT NULL,
	series            {{text}} NOT NULL,
	first_serial      BIGINT   NOT NULL,
	PRIMARY KEY (file, document)
) {{keyed}};

-- The guard row of a file of applications: taken by who reads it in and by who
-- holds changes for it.
CREATE TABLE enforcement_file (
	file    BIGINT NOT NULL PRIMARY KEY,
	changes BIGINT NOT NULL
) {{keyed}};

-- An application (ansökan), or what stands for one: a verdict enforced without
-- request, a manual registration. What comes from no file has file 0.
CREATE TABLE enforcement_application (
	id              {{id}},
	origin          {{text}} NOT NULL CHECK (origin IN ('manual', 'payment_order', 'file')),
	file            BIGINT   NOT NULL,
	document        BIGINT   NOT NULL,
	sequence        BIGINT   NOT NULL, -- of the file
	code_id         BIGINT   NOT NULL,
	main_code_id    BIGINT   NOT NULL, -- its main code; code_id itself if it is one
	code            {{text}} NOT NULL,
	reference       {{text}} NOT NULL,
	arrived         BIGINT   NOT NULL,
	notice          {{text}} NOT NULL,
	measure         {{text}} NOT NULL,
	scope           {{text}} NOT NULL,
	renewed         BOOLEAN  NOT NULL,
	joint           BOOLEAN  NOT NULL,
	title_kind      {{text}} NOT NULL,
	title_number    {{text}} NOT NULL,
	title_issuer    {{text}} NOT NULL,
	title_date      {{text}},
	legal_force     {{text}},
	source_case     {{text}} NOT NULL, -- number of the payment-order case; '' if none
	ground          {{text}} NOT NULL,
	alternative     {{text}} NOT NULL,
	property        {{text}} NOT NULL,
	total           BIGINT   NOT NULL,
	payee_kind      {{text}} NOT NULL,
	payee_account   {{text}} NOT NULL,
	payee_name      {{text}} NOT NULL,
	payee_identity  {{text}} NOT NULL,
	purge_after     {{text}},
	blocked         BOOLEAN  NOT NULL DEFAULT FALSE
);
CREATE INDEX enforcement_application_reference ON enforcement_application (code_id, reference);
CREATE INDEX enforcement_application_file ON enforcement_application (file, document);

-- The persons of an application. role: applicant (sökande), representative
-- (ombud), creditor (named in the title), respondent (gäldenär), and
-- legal_representative (ställföreträdare) of the respondent with the same
-- position.
CREATE TABLE enforcement_party (
	application_id BIGINT   NOT NULL REFERENCES enforcement_application (id) ON DELETE CASCADE,
	role           {{text}} NOT NULL,
	position       BIGINT   NOT NULL,
	identity       {{text}} NOT NULL,
	name           {{text}} NOT NULL,
	care_of        {{text}} NOT NULL,
	street         {{text}} NOT NULL,
	postal_code    {{text}} NOT NULL,
	town           {{text}} NOT NULL,
	country        {{text}} NOT NULL,
	phone          {{text}} NOT NULL,
	mobile         {{text}} NOT NULL,
	email          {{text}} NOT NULL,
	purge_after    {{text}},
	blocked        BOOLEAN  NOT NULL DEFAULT FALSE,
	PRIMARY KEY (application_id, role, position)
) {{keyed}};

-- Assignments (överlåtelser) from the creditor in the title to the applicant,
-- in order. deposited '' is one lodged in the case.
CREATE TABLE enforcement_assignment (
	application_id BIGINT   NOT NULL REFERENCES enforcement_application (id) ON DELETE CASCADE,
	position       BIGINT   NOT NULL,
	from_identity  {{text}} NOT NULL,
	from_name      {{text}} NOT NULL,
	to_identity    {{text}} NOT NULL,
	to_name        {{text}} NOT NULL,
	day            {{text}},
	deposited      {{text}} NOT NULL,
	purge_after    {{text}},
	blocked        BOOLEAN  NOT NULL DEFAULT FALSE,
	PRIMARY KEY (application_id, position)
) {{keyed}};

-- A debt, owed by the cases of one link group or by one case alone: the guard
-- row of its money and its fees. Its id is that of its first case. joint_debt
-- names a debt whose debtors may get verdicts of their own, which join it. changes
-- rises with every transaction that touches it, movements is the number of its
-- last movement, accrued_to the day to which interest has been computed, stated
-- the day on which the applicant last told what is left. touched is the day on
-- which changes rose last. fee_case is the case in which fee days are watched.
CREATE TABLE enforcement_group (
	id             {{id}},
	application_id BIGINT   NOT NULL REFERENCES enforcement_application (id) ON DELETE CASCADE,
	cases          BIGINT   NOT NULL,
	changes        BIGINT   NOT NULL,
	touched        {{text}} NOT NULL,
	movements      BIGINT   NOT NULL,
	accrued_to     {{text}} NOT NULL,
	joint_debt     {{text}} NOT NULL, -- '' if it is nobody else's
	stated         {{text}},
	fee_case       BIGINT   NOT NULL,
	fee_next       {{text}}, -- day of the next basic fee; NULL while none was charged
	fee_noticed    {{text}}, -- day of the notice of that fee; NULL before
	exempt         {{text}} NOT NULL -- why the applicant answers for no fees (AvgF 15); '' if it does
);
CREATE INDEX enforcement_group_touched ON enforcement_group (touched);
CREATE UNIQUE INDEX enforcement_group_joint ON enforcement_group (joint_debt) WHERE joint_debt <> '';

-- The items of a debt as registered. principal and interest are what was owed
-- then; what became of them are movements.
CREATE TABLE enforcement_debt (
	group_id       BIGINT   NOT NULL REFERENCES enforcement_group (id) ON DELETE CASCADE,
	position       BIGINT   NOT NULL,
	type           {{text}} NOT NULL,
	principal      BIGINT   NOT NULL,
	interest       BIGINT   NOT NULL,
	interest_kind  {{text}} NOT NULL,
	interest_rate  BIGINT   NOT NULL,
	interest_from  {{text}}, -- first day for which interest is still to be computed
	due_date       {{text}},
	invoice_number {{text}} NOT NULL,
	period_from    {{text}},
	period_to      {{text}},
	PRIMARY KEY (group_id, position)
) {{keyed}};

-- One case (mål) a debtor. base is where the handling stands; holds are the
-- bars to it in the order they came, as 'interrupted stayed'; state is the last
-- of the holds, else base. claimed is the debt when the case was registered, and
-- joined the number of the last movement before it. awaits is what is to be
-- lodged. accounted is the number of the last movement that an account has told
-- of.
CREATE TABLE enforcement_case (
	id             {{id}},
	group_id       BIGINT   NOT NULL REFERENCES enforcement_group (id) ON DELETE CASCADE,
	application_id BIGINT   NOT NULL REFERENCES enforcement_application (id) ON DELETE CASCADE,
	code_id        BIGINT   NOT NULL, -- of the application
	position       BIGINT   NOT NULL, -- of the debtor in the application
	number         {{text}} NOT NULL UNIQUE,
	file           BIGINT   NOT NULL,
	identity       {{text}} NOT NULL, -- of the debtor
	registered     {{text}} NOT NULL,
	claimed        BIGINT   NOT NULL,
	remaining      BIGINT   NOT NULL, -- what its debtor owed when its debt last moved
	joined         BIGINT   NOT NULL,
	held_code      {{text}} NOT NULL, -- as the confirmation says
	repeats        {{text}} NOT NULL, -- likewise: an earlier open case of the filer by the same title
	claim          BIGINT   NOT NULL, -- of debtor and title (service.Claims); 0 for a title without a number
	confirmed      {{text}} NOT NULL, -- state when confirmed
	confirmed_fee  BIGINT   NOT NULL,
	base           {{text}} NOT NULL,
	holds          {{text}} NOT NULL,
	state          {{text}} NOT NULL,
	since          {{text}} NOT NULL,
	awaits         {{text}} NOT NULL,
	lodge_by       {{text}},
	noticed        {{text}}, -- day of the notice before attachment (UB 4:12)
	measured       BOOLEAN  NOT NULL, -- something has been done to enforce
	advance        BIGINT   NOT NULL DEFAULT 0, -- left to pay of what was asked in advance (AvgF 4)
	advance_by     {{text}},
	unadvanced     BOOLEAN  NOT NULL DEFAULT FALSE, -- ended for want of the advance (AvgF 3)
	deferred_from  {{text}}, -- when the deferral now running began
	accounted      BIGINT   NOT NULL,
	account_due    {{text}},
	reason         {{text}} NOT NULL, -- of the final account
	closed         {{text}},
	purge_after    {{text}},
	blocked        BOOLEAN  NOT NULL DEFAULT FALSE
);
CREATE INDEX enforcement_case_code ON enforcement_case (code_id, id);
CREATE INDEX enforcement_case_group ON enforcement_case (group_id);
CREATE INDEX enforcement_case_application ON enforcement_case (application_id);
CREATE INDEX enforcement_case_file ON enforcement_case (file, id) WHERE file > 0;
CREATE INDEX enforcement_case_identity ON enforcement_case (identity);
CREATE INDEX enforcement_case_claim ON enforcement_case (claim, id) WHERE claim <> 0;
CREATE INDEX enforcement_case_closed ON enforcement_case (closed) WHERE closed IS NOT NULL;
CREATE INDEX enforcement_case_purge ON enforcement_case (purge_after) WHERE purge_after IS NOT NULL;

-- What is known of a debtor for the handling (UF 2:2).
CREATE TABLE enforcement_debtor (
	case_id           BIGINT   NOT NULL REFERENCES enforcement_case (id) ON DELETE CASCADE,
	estate            BOOLEAN  NOT NULL,
	occupation        {{text}} NOT NULL,
	domicile          {{text}} NOT NULL,
	workplace         {{text}} NOT NULL,
	workplace_address {{text}} NOT NULL,
	other_address     {{text}} NOT NULL,
	address_inquiry   {{text}} NOT NULL,
	circumstances     {{text}} NOT NULL,
	purge_after       {{text}},
	blocked           BOOLEAN  NOT NULL DEFAULT FALSE,
	PRIMARY KEY (case_id)
) {{keyed}};

-- What happened to a debt and its money, in order; nothing in it is changed.
-- case_id is the case it happened in, 0 for interest that ran. item and bucket
-- (principal, interest) are 0 and '' where money as a whole is meant.
CREATE TABLE enforcement_movement (
	group_id BIGINT   NOT NULL REFERENCES enforcement_group (id) ON DELETE CASCADE,
	number   BIGINT   NOT NULL,
	case_id  BIGINT   NOT NULL,
	day      {{text}} NOT NULL,
	kind     {{text}} NOT NULL,
	item     BIGINT   NOT NULL,
	bucket   {{text}} NOT NULL,
	amount   BIGINT   NOT NULL CHECK (amount > 0),
	PRIMARY KEY (group_id, number)
) {{keyed}};

-- Deferrals (uppskov) granted by applicants (UB 4:10).
CREATE TABLE enforcement_deferral (
	case_id BIGINT   NOT NULL REFERENCES enforcement_case (id) ON DELETE CASCADE,
	number  BIGINT   NOT NULL,
	granted {{text}} NOT NULL,
	until   {{text}} NOT NULL,
	file    BIGINT   NOT NULL,
	PRIMARY KEY (case_id, number)
) {{keyed}};

-- Results of asset investigations (UB 4:9 a), each told in a report.
CREATE TABLE enforcement_investigation (
	case_id BIGINT   NOT NULL REFERENCES enforcement_case (id) ON DELETE CASCADE,
	number  BIGINT   NOT NULL,
	day     {{text}} NOT NULL,
	result  {{text}} NOT NULL,
	planned {{text}},
	words   {{text}} NOT NULL,
	PRIMARY KEY (case_id, number)
) {{keyed}};

-- Decisions on attachment of earnings (UB 7:8, 7:10, 7:11).
CREATE TABLE enforcement_earnings (
	case_id           BIGINT   NOT NULL REFERENCES enforcement_case (id) ON DELETE CASCADE,
	number            BIGINT   NOT NULL,
	kind              {{text}} NOT NULL,
	decided           {{text}} NOT NULL,
	employer_identity {{text}} NOT NULL,
	employer_name     {{text}} NOT NULL,
	care_of           {{text}} NOT NULL, -- of the employer, as the rest of the address
	street            {{text}} NOT NULL,
	postal_code       {{text}} NOT NULL,
	town              {{text}} NOT NULL,
	country           {{text}} NOT NULL,
	amount            BIGINT   NOT NULL,
	all_above         BOOLEAN  NOT NULL,
	reserve           BIGINT   NOT NULL,
	daily             BOOLEAN  NOT NULL,
	from_day          {{text}},
	until             {{text}},
	PRIMARY KEY (case_id, number)
) {{keyed}};

-- Accounts given: interim ones (delredovisning) and the final one
-- (slutredovisning), each with its sums as said.
CREATE TABLE enforcement_account (
	case_id    BIGINT   NOT NULL REFERENCES enforcement_case (id) ON DELETE CASCADE,
	number     BIGINT   NOT NULL,
	reason     {{text}} NOT NULL, -- of a final account; '' of an interim one
	day        {{text}} NOT NULL,
	claimed    BIGINT   NOT NULL,
	accrued    BIGINT   NOT NULL,
	restored   BIGINT   NOT NULL,
	received   BIGINT   NOT NULL,
	linked     BIGINT   NOT NULL,
	reduced    BIGINT   NOT NULL,
	interest   BIGINT   NOT NULL,
	costs      BIGINT   NOT NULL,
	capital    BIGINT   NOT NULL,
	fees       BIGINT   NOT NULL,
	returned   BIGINT   NOT NULL,
	paid_out   BIGINT   NOT NULL,
	taken_back BIGINT   NOT NULL,
	remaining  BIGINT   NOT NULL,
	fees_unpaid BIGINT  NOT NULL,
	PRIMARY KEY (case_id, number)
) {{keyed}};

-- Notices of new basic fees (AvgF 5).
CREATE TABLE enforcement_new_fee (
	case_id BIGINT   NOT NULL REFERENCES enforcement_case (id) ON DELETE CASCADE,
	number  BIGINT   NOT NULL,
	noticed {{text}} NOT NULL,
	fee_day {{text}} NOT NULL,
	fee     BIGINT   NOT NULL,
	unpaid  BIGINT   NOT NULL,
	PRIMARY KEY (case_id, number)
) {{keyed}};

-- Changes of applications that are not read in yet (R70), by the file of the
-- application and its own reference. They are applied and deleted at read-in.
CREATE TABLE enforcement_held (
	file       BIGINT   NOT NULL, -- of the application
	reference  {{text}} NOT NULL,
	by_file    BIGINT   NOT NULL,
	document   BIGINT   NOT NULL,
	at         BIGINT   NOT NULL,
	kind       {{text}} NOT NULL,
	amount     BIGINT   NOT NULL,
	until      {{text}},
	applicant  {{text}} NOT NULL, -- of the key; '' if it names none
	respondent {{text}} NOT NULL,
	PRIMARY KEY (file, reference, by_file, document)
) {{keyed}};

-- The file now being filled, of each code, transaction and origin (of
-- confirmations; '' else). When it is sent, the next begins.
CREATE TABLE enforcement_outgoing (
	code_id          BIGINT   NOT NULL,
	transaction_name {{text}} NOT NULL,
	origin           {{text}} NOT NULL,
	code             {{text}} NOT NULL,
	sequence         BIGINT   NOT NULL,
	documents        BIGINT   NOT NULL,
	day              {{text}} NOT NULL, -- of its first line
	PRIMARY KEY (code_id, transaction_name, origin)
) {{keyed}};
CREATE INDEX enforcement_outgoing_open ON enforcement_outgoing (day) WHERE documents > 0;

-- The lines of those files: what they tell is in the row of the case with the
-- number, of the table that goes with the kind.
CREATE TABLE enforcement_line (
	code_id          BIGINT   NOT NULL,
	transaction_name {{text}} NOT NULL,
	origin           {{text}} NOT NULL,
	sequence         BIGINT   NOT NULL,
	line             BIGINT   NOT NULL,
	case_id          BIGINT   NOT NULL REFERENCES enforcement_case (id) ON DELETE CASCADE,
	kind             {{text}} NOT NULL,
	number           BIGINT   NOT NULL,
	PRIMARY KEY (code_id, transaction_name, origin, sequence, line)
) {{keyed}};
CREATE INDEX enforcement_line_case ON enforcement_line (case_id);

-- View for extracts: the private debts of a person. amount is what was
-- established, received what has come in; case_id leads to the limitation date.
-- A title that was set aside (UB 3:22) establishes nothing: neither its debt nor
-- what was done for it is told, here and in the next two.
CREATE VIEW enforcement_debts AS
SELECT c.identity, c.id AS case_id, c.number AS case_number, 'private' AS case_kind, a.measure,
	a.title_kind, a.title_number, a.title_issuer, a.title_date AS established, c.registered,
	(SELECT MIN(d.due_date) FROM enforcement_debt d WHERE d.group_id = c.group_id) AS due,
	c.claimed AS amount, c.remaining,
	CAST(COALESCE((SELECT SUM(m.amount) FROM enforcement_movement m
		WHERE m.group_id = c.group_id AND m.case_id = c.id AND m.kind = 'received'), 0) AS BIGINT) AS received,
	c.state, c.closed, (c.closed IS NULL) AS open, c.reason, (c.blocked OR a.blocked) AS blocked
FROM enforcement_case c
JOIN enforcement_application a ON a.id = c.application_id
WHERE c.reason <> 'set_aside';

-- View for extracts: attachment and other measures, of investigations, decisions
-- on earnings and deferrals, each with its number among those of its case.
CREATE VIEW enforcement_measures AS
SELECT c.identity, c.id AS case_id, c.number AS case_number, 'private' AS case_kind, 'investigation' AS measure, i.number AS number,
	i.result AS result, i.day AS day, i.planned AS until, CAST(0 AS BIGINT) AS amount, c.blocked AS blocked
FROM enforcement_investigation i JOIN enforcement_case c ON c.id = i.case_id WHERE c.reason <> 'set_aside'
UNION ALL
SELECT c.identity, c.id, c.number, 'private', 'earnings_attachment', e.number, e.kind, e.decided, e.until, e.amount, c.blocked
FROM enforcement_earnings e JOIN enforcement_case c ON c.id = e.case_id WHERE c.reason <> 'set_aside'
UNION ALL
SELECT c.identity, c.id, c.number, 'private', 'deferral', d.number, 'granted', d.granted, d.until, CAST(0 AS BIGINT), c.blocked
FROM enforcement_deferral d JOIN enforcement_case c ON c.id = d.case_id WHERE c.reason <> 'set_aside';

-- View for extracts: accountings to the applicant. paid_out is what was told to
-- be paid out.
CREATE VIEW enforcement_accounts AS
SELECT c.identity, c.id AS case_id, c.number AS case_number, n.number AS number, a.title_kind, n.day, n.reason, n.paid_out,
	(c.blocked OR a.blocked) AS blocked
FROM enforcement_account n
JOIN enforcement_case c ON c.id = n.case_id
JOIN enforcement_application a ON a.id = c.application_id
WHERE c.reason <> 'set_aside';

-- View for extracts: of whom the views above may tell something else since the
-- day, and whether any of the cases of the person has been investigated, or is a
-- repossession. Deleted cases are not told. CROSS JOIN keeps SQLite from going
-- through everybody for the sake of an order.
CREATE VIEW enforcement_touched AS
SELECT c.identity, g.touched AS day,
	EXISTS (SELECT 1 FROM enforcement_case o JOIN enforcement_investigation i ON i.case_id = o.id
		WHERE o.identity = c.identity) AS investigated,
	EXISTS (SELECT 1 FROM enforcement_case o JOIN enforcement_application a ON a.id = o.application_id
		WHERE o.identity = c.identity AND a.measure = 'repossession') AS repossession
FROM enforcement_group g CROSS JOIN enforcement_case c WHERE c.group_id = g.id;

-- View for extracts and restructuring: whose debtor somebody is.
CREATE VIEW enforcement_debtors AS
SELECT c.identity, a.code_id, a.code, a.reference, c.id AS case_id, c.number AS case_number, c.state,
	(c.closed IS NULL) AS open, c.blocked AS blocked
FROM enforcement_case c JOIN enforcement_application a ON a.id = c.application_id;

-- +goose Down
DROP VIEW enforcement_debtors;
DROP VIEW enforcement_touched;
DROP VIEW enforcement_accounts;
DROP VIEW enforcement_measures;
DROP VIEW enforcement_debts;
DROP TABLE enforcement_line;
DROP TABLE enforcement_outgoing;
DROP TABLE enforcement_held;
DROP TABLE enforcement_new_fee;
DROP TABLE enforcement_account;
DROP TABLE enforcement_earnings;
DROP TABLE enforcement_investigation;
DROP TABLE enforcement_deferral;
DROP TABLE enforcement_movement;
DROP TABLE enforcement_debtor;
DROP TABLE enforcement_case;
DROP TABLE enforcement_debt;
DROP TABLE enforcement_group;
DROP TABLE enforcement_assignment;
DROP TABLE enforcement_party;
DROP TABLE enforcement_application;
DROP TABLE enforcement_file;
DROP TABLE enforcement_chunk;
