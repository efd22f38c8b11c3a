-- +goose Up

-- A matter (ärende) begins with a decision to initiate (inledandebeslut) and
-- is the guard row of all that happens in it. last_day ends the claim period,
-- plan_end the payment plan. granted, revision and distributed are of the
-- proposal that stands; closed and purge_after of the end (KFD 2:18).
CREATE TABLE restructuring_matter (
	id          {{id}},
	number      {{text}} NOT NULL,
	debtor      {{text}} NOT NULL,
	debtor_name {{text}} NOT NULL,
	care_of     {{text}} NOT NULL,
	street      {{text}} NOT NULL,
	postal_code {{text}} NOT NULL,
	town        {{text}} NOT NULL,
	country     {{text}} NOT NULL,
	business    BOOLEAN NOT NULL,
	extended    BOOLEAN NOT NULL,
	decided     {{text}} NOT NULL,
	announced   {{text}} NOT NULL,
	last_day    {{text}} NOT NULL,
	state       {{text}} NOT NULL,
	since       {{text}} NOT NULL,
	revision    BIGINT NOT NULL,
	granted     {{text}},
	plan_end    {{text}},
	closed      {{text}},
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE,
	UNIQUE (number)
);
CREATE INDEX restructuring_matter_debtor ON restructuring_matter (debtor, id);
-- A debtor has one matter at a time.
CREATE UNIQUE INDEX restructuring_matter_running ON restructuring_matter (debtor) WHERE closed IS NULL;
CREATE INDEX restructuring_matter_purge ON restructuring_matter (purge_after) WHERE purge_after IS NOT NULL;

-- Creditors that were known from the debtor's application.
CREATE TABLE restructuring_creditor (
	matter_id   BIGINT NOT NULL REFERENCES restructuring_matter (id) ON DELETE CASCADE,
	position    BIGINT NOT NULL,
	identity    {{text}} NOT NULL,
	name        {{text}} NOT NULL,
	care_of     {{text}} NOT NULL,
	street      {{text}} NOT NULL,
	postal_code {{text}} NOT NULL,
	town        {{text}} NOT NULL,
	country     {{text}} NOT NULL,
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (matter_id, position)
) {{keyed}};

-- Debtors on a list that a filer has lodged and stands for.
CREATE TABLE restructuring_watch (
	code_id     BIGINT NOT NULL,
	identity    {{text}} NOT NULL,
	reference   {{text}} NOT NULL,
	lodged      {{text}} NOT NULL,
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (code_id, identity, reference)
) {{keyed}};
CREATE INDEX restructuring_watch_identity ON restructuring_watch (identity, code_id);

-- Each match of a matter with a filer's portfolio, kept as a look-up is (R60):
-- by which permit, for what, of whom. case_number is '' for the filer's list.
-- told is the day on which the match went out, where it does.
CREATE TABLE restructuring_match (
	serial      {{id}},
	matter_id   BIGINT NOT NULL REFERENCES restructuring_matter (id) ON DELETE CASCADE,
	code_id     BIGINT NOT NULL,
	code        {{text}} NOT NULL,
	reference   {{text}} NOT NULL,
	case_number {{text}} NOT NULL,
	permit      BIGINT NOT NULL,
	purpose     {{text}} NOT NULL,
	person      {{text}} NOT NULL,
	day         {{text}} NOT NULL,
	at          BIGINT NOT NULL,
	outgoing    BOOLEAN NOT NULL,
	told        {{text}},
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE,
	UNIQUE (matter_id, code_id, reference, case_number)
);
CREATE INDEX restructuring_match_untold ON restructuring_match (code_id, serial) WHERE outgoing AND told IS NULL;

-- What is set aside for a file before its first document: document n becomes
-- report first_report + n - 1 with serial number first_serial + n - 1. applied
-- counts the documents registered; confirmed is set when sc.confirmation went
-- out, where it does.
CREATE TABLE restructuring_file (
	file         {{id}},
	code_id      BIGINT NOT NULL,
	code         {{text}} NOT NULL,
	name         {{text}} NOT NULL,
	sequence     BIGINT NOT NULL,
	documents    BIGINT NOT NULL,
	first_report BIGINT NOT NULL,
	series       {{text}} NOT NULL,
	first_serial BIGINT NOT NULL,
	registered   {{text}} NOT NULL,
	applied      BIGINT NOT NULL,
	outgoing     BOOLEAN NOT NULL,
	confirmed    {{text}}
);
CREATE INDEX restructuring_file_open ON restructuring_file (file) WHERE outgoing AND confirmed IS NULL;

-- A report (fordringsanmälan) of one creditor in one matter. An account of ''
-- cannot be paid to.
CREATE TABLE restructuring_report (
	id             {{id}},
	number         {{text}} NOT NULL,
	matter_id      BIGINT NOT NULL REFERENCES restructuring_matter (id) ON DELETE CASCADE,
	file           BIGINT NOT NULL,
	reference      {{text}} NOT NULL,
	code_id        BIGINT NOT NULL,
	arrived        BIGINT NOT NULL,
	registered     {{text}} NOT NULL,
	late           BOOLEAN NOT NULL,
	identity       {{text}} NOT NULL,
	name           {{text}} NOT NULL,
	care_of        {{text}} NOT NULL,
	street         {{text}} NOT NULL,
	postal_code    {{text}} NOT NULL,
	town           {{text}} NOT NULL,
	country        {{text}} NOT NULL,
	phone          {{text}} NOT NULL,
	email          {{text}} NOT NULL,
	representative {{text}} NOT NULL,
	payee_kind     {{text}} NOT NULL,
	payee_account  {{text}} NOT NULL,
	payee_name     {{text}} NOT NULL,
	payee_identity {{text}} NOT NULL,
	total          BIGINT NOT NULL,
	purge_after    {{text}},
	blocked        BOOLEAN NOT NULL DEFAULT FALSE,
	UNIQUE (number),
	UNIQUE (file, reference)
);
CREATE INDEX restructuring_report_matter ON restructuring_report (matter_id, id);
CREATE INDEX restructuring_report_code ON restructuring_report (code_id, reference);
CREATE INDEX restructuring_report_file ON restructuring_report (file, reference);

-- Each claim of a report. copy_of is the number of an earlier report of the
-- same creditor with the same claim, '' if there is none; examined tells that
-- an officer has decided that its flags are no hindrance.
CREATE TABLE restructuring_claim (
	report_id           BIGINT NOT NULL REFERENCES restructuring_report (id) ON DELETE CASCADE,
	position            BIGINT NOT NULL,
	amount              BIGINT NOT NULL,
	interest            BIGINT NOT NULL,
	origin              {{text}},
	due_date            {{text}},
	case_number         {{text}} NOT NULL,
	ground              {{text}} NOT NULL,
	disputed            BOOLEAN NOT NULL,
	not_due             BOOLEAN NOT NULL,
	counter_performance BOOLEAN NOT NULL,
	condition           {{text}} NOT NULL,
	security            {{text}} NOT NULL,
	security_amount     BIGINT NOT NULL,
	guarantor           {{text}} NOT NULL,
	guarantor_name      {{text}} NOT NULL,
	copy_of             {{text}} NOT NULL,
	examined            BOOLEAN NOT NULL,
	state               {{text}} NOT NULL,
	since               {{text}} NOT NULL,
	left_out            {{text}} NOT NULL,
	purge_after         {{text}},
	blocked             BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (report_id, position)
) {{keyed}};

-- Proposals (förslag) in order; the matter's revision stands.
CREATE TABLE restructuring_proposal (
	matter_id   BIGINT NOT NULL REFERENCES restructuring_matter (id) ON DELETE CASCADE,
	revision    BIGINT NOT NULL,
	day         {{text}} NOT NULL,
	comment_by  {{text}} NOT NULL,
	claims      BIGINT NOT NULL,
	distributed BIGINT NOT NULL,
	PRIMARY KEY (matter_id, revision)
) {{keyed}};

-- The creditors' register of a proposal: what is counted of each claim, and
-- its share of what is distributed. Shares add up to that.
CREATE TABLE restructuring_share (
	matter_id BIGINT NOT NULL,
	revision  BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	position  BIGINT NOT NULL,
	claim     BIGINT NOT NULL,
	share     BIGINT NOT NULL,
	PRIMARY KEY (matter_id, revision, report_id, position),
	FOREIGN KEY (matter_id, revision) REFERENCES restructuring_proposal (matter_id, revision) ON DELETE CASCADE
) {{keyed}};

-- The yearly payouts: fee, lines and rest add up to what was received. fee is
-- the debtor's yearly fee (SKSF §12).
CREATE TABLE restructuring_payout (
	matter_id BIGINT NOT NULL REFERENCES restructuring_matter (id) ON DELETE CASCADE,
	year      BIGINT NOT NULL,
	day       {{text}} NOT NULL,
	received  BIGINT NOT NULL,
	interest  BIGINT NOT NULL,
	fee       BIGINT NOT NULL,
	rest      BIGINT NOT NULL,
	final     BOOLEAN NOT NULL,
	PRIMARY KEY (matter_id, year)
) {{keyed}};

-- What a payout gave each claim. state: paid, held (no usable account), lost.
CREATE TABLE restructuring_payout_line (
	matter_id BIGINT NOT NULL,
	year      BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	position  BIGINT NOT NULL,
	amount    BIGINT NOT NULL,
	interest  BIGINT NOT NULL,
	state     {{text}} NOT NULL CHECK (state IN ('paid', 'held', 'lost')),
	since     {{text}} NOT NULL,
	PRIMARY KEY (matter_id, year, report_id, position),
	FOREIGN KEY (matter_id, year) REFERENCES restructuring_payout (matter_id, year) ON DELETE CASCADE
) {{keyed}};
CREATE INDEX restructuring_payout_line_report ON restructuring_payout_line (report_id, state);

-- View for extracts: the restructurings of a person. stage is opened, granted
-- or ended, and date the day of it; opened is the day of the decision to
-- initiate, from which weeding is counted, or from plan_end if that is later
-- (KUL §8).
CREATE VIEW restructuring_persons AS
SELECT debtor AS identity, debtor_name AS name, number, business, decided AS opened, granted, plan_end, closed, state,
	CASE WHEN closed IS NOT NULL THEN 'ended' WHEN granted IS NOT NULL THEN 'granted' ELSE 'opened' END AS stage,
	COALESCE(closed, granted, decided) AS date, blocked
FROM restructuring_matter;

-- +goose Down
DROP VIEW restructuring_persons;
DROP TABLE restructuring_payout_line;
DROP TABLE restructuring_payout;
DROP TABLE restructuring_share;
DROP TABLE restructuring_proposal;
DROP TABLE restructuring_claim;
DROP TABLE restructuring_report;
DROP TABLE restructuring_file;
DROP TABLE restructuring_match;
DROP TABLE restructuring_watch;
DROP TABLE restructuring_creditor;
DROP TABLE restructuring_matter;
