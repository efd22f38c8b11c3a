-- +goose Up

-- Series of case numbers: the pattern with its year filled in, and the serial
-- number that comes next.
CREATE TABLE paymentorder_series (
	name {{text}} PRIMARY KEY,
	next BIGINT NOT NULL
) {{keyed}};

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

-- purge_after is set when a case is closed and holds for all rows of the case,
-- which go with it. blocked withholds data after correction (blockering): of
-- the case, or of one person in it.
CREATE TABLE paymentorder_case (
	id               {{id}},
	number           {{text}} NOT NULL,
	file             BIGINT NOT NULL,
	reference        {{text}} NOT NULL,
	code_id          BIGINT NOT NULL,
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
	purge_after      {{text}},
	blocked          BOOLEAN NOT NULL DEFAULT FALSE,
	UNIQUE (number),
	UNIQUE (file, reference)
);
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

-- What service of process (delgivning) needs of a respondent.
CREATE TABLE paymentorder_respondent (
	case_id         BIGINT NOT NULL REFERENCES paymentorder_case (id) ON DELETE CASCADE,
	position        BIGINT NOT NULL,
	estate          BOOLEAN NOT NULL,
	other_address   {{text}} NOT NULL,
	workplace       {{text}} NOT NULL,
	address_inquiry {{text}} NOT NULL,
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

-- The state of each pair of respondent and claim part (files.md §8.2).
CREATE TABLE paymentorder_state (
	case_id    BIGINT NOT NULL REFERENCES paymentorder_case (id) ON DELETE CASCADE,
	respondent BIGINT NOT NULL,
	part       BIGINT NOT NULL,
	state      {{text}} NOT NULL,
	since      {{text}} NOT NULL,
	PRIMARY KEY (case_id, respondent, part)
) {{keyed}};

-- +goose Down
DROP TABLE paymentorder_state;
DROP TABLE paymentorder_claim_part;
DROP TABLE paymentorder_respondent;
DROP TABLE paymentorder_party;
DROP TABLE paymentorder_case;
DROP TABLE paymentorder_file;
DROP TABLE paymentorder_series;
