-- +goose Up

-- The registers that are imported: see extract.Formats. A row is kept by its
-- own number and replaced by a later one with the same. purge_after is set
-- when the case is closed (KFD 2:6); blocked withholds the row (KFD 3:3 a).

-- protected: skyddade personuppgifter; the name is withheld. purge_after is
-- moved on while anything is known of the person.
CREATE TABLE extract_person (
	identity    {{text}} PRIMARY KEY,
	name        {{text}} NOT NULL,
	protected   BOOLEAN NOT NULL,
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE
) {{keyed}};

CREATE INDEX extract_person_purge ON extract_person (purge_after) WHERE purge_after IS NOT NULL;

-- Public cases (allmänna mål). notice: '', given, unnecessary (UB 4:12);
-- notice_until is the day to which the debtor has time after it. crime
-- follows from the kind: the claim is based on a crime.
CREATE TABLE extract_public_case (
	number      {{text}} PRIMARY KEY,
	identity    {{text}} NOT NULL,
	kind        {{text}} NOT NULL,
	crime       BOOLEAN NOT NULL,
	fund_type   {{text}} NOT NULL,
	year        BIGINT NOT NULL,
	term        {{text}} NOT NULL,
	title       {{text}} NOT NULL,
	amount      BIGINT NOT NULL,
	received    BIGINT NOT NULL,
	registered  {{text}} NOT NULL,
	established {{text}},
	due         {{text}},
	limitation  {{text}},
	notice      {{text}} NOT NULL CHECK (notice IN ('', 'given', 'unnecessary')),
	notice_day  {{text}},
	notice_until {{text}},
	ended       {{text}},
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE
) {{keyed}};
CREATE INDEX extract_public_case_identity ON extract_public_case (identity, number);
CREATE INDEX extract_public_case_noticed ON extract_public_case (notice_day) WHERE notice_day IS NOT NULL;
CREATE INDEX extract_public_case_ended ON extract_public_case (ended) WHERE ended IS NOT NULL;
CREATE INDEX extract_public_case_purge ON extract_public_case (purge_after) WHERE purge_after IS NOT NULL;

-- Decisions in bankruptcies. section: under which the bankruptcy ended.
CREATE TABLE extract_bankruptcy (
	number      {{text}} PRIMARY KEY,
	identity    {{text}} NOT NULL,
	case_number {{text}} NOT NULL,
	court       {{text}} NOT NULL,
	measure     {{text}} NOT NULL,
	section     {{text}} NOT NULL,
	day         {{text}} NOT NULL,
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE
) {{keyed}};
CREATE INDEX extract_bankruptcy_identity ON extract_bankruptcy (identity, number);
CREATE INDEX extract_bankruptcy_purge ON extract_bankruptcy (purge_after) WHERE purge_after IS NOT NULL;

-- Administrators (konkursförvaltare) of the bankruptcies of a person.
CREATE TABLE extract_administrator (
	number        {{text}} PRIMARY KEY,
	identity      {{text}} NOT NULL,
	case_number   {{text}} NOT NULL,
	administrator {{text}} NOT NULL,
	phone         {{text}} NOT NULL,
	from_day      {{text}} NOT NULL,
	until_day     {{text}},
	purge_after   {{text}},
	blocked       BOOLEAN NOT NULL DEFAULT FALSE
) {{keyed}};
CREATE INDEX extract_administrator_identity ON extract_administrator (identity, number);
CREATE INDEX extract_administrator_purge ON extract_administrator (purge_after) WHERE purge_after IS NOT NULL;

-- Decisions in company reorganisations (företagsrekonstruktioner).
CREATE TABLE extract_reorganisation (
	number      {{text}} PRIMARY KEY,
	identity    {{text}} NOT NULL,
	case_number {{text}} NOT NULL,
	court       {{text}} NOT NULL,
	measure     {{text}} NOT NULL,
	day         {{text}} NOT NULL,
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE
) {{keyed}};
CREATE INDEX extract_reorganisation_identity ON extract_reorganisation (identity, number);
CREATE INDEX extract_reorganisation_purge ON extract_reorganisation (purge_after) WHERE purge_after IS NOT NULL;

-- The files imported, and how far: rows are those kept so far. A file that was
-- broken off is continued by giving it again.
CREATE TABLE extract_import (
	id       {{id}},
	kind     {{text}} NOT NULL,
	digest   {{text}} NOT NULL,
	rows     BIGINT NOT NULL,
	begun    BIGINT NOT NULL,
	done     BIGINT,
	replaced BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX extract_import_open ON extract_import (kind) WHERE done IS NULL AND NOT replaced;

-- Persons of whom nothing, or of whom one case is not told. kind: secret (OSL
-- 34:1), blocked (KFD 3:3 a, BFF §17), crime (the claim of a private case is
-- based on one, KFDF §12). number '' is all of the person.
-- purge_after is as that of extract_person.
CREATE TABLE extract_withheld (
	identity    {{text}} NOT NULL,
	number      {{text}} NOT NULL,
	kind        {{text}} NOT NULL CHECK (kind IN ('secret', 'blocked', 'crime')),
	since       {{text}} NOT NULL,
	purge_after {{text}},
	blocked     BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (identity, number, kind)
) {{keyed}};
CREATE INDEX extract_withheld_purge ON extract_withheld (purge_after) WHERE purge_after IS NOT NULL;

-- What officers did: who, why and with what. Nothing is changed.
CREATE TABLE extract_act (
	id          {{id}},
	day         {{text}} NOT NULL,
	at          BIGINT NOT NULL,
	kind        {{text}} NOT NULL,
	subject     {{text}} NOT NULL, -- case number or subscription; '' for a person
	identity    {{text}} NOT NULL, -- '' where no person is concerned
	officer     {{text}} NOT NULL,
	reason      {{text}} NOT NULL,
	detail      {{text}} NOT NULL,
	purge_after {{text}} NOT NULL,
	blocked     BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX extract_act_identity ON extract_act (identity, id);
CREATE INDEX extract_act_subject ON extract_act (subject, id);
CREATE INDEX extract_act_purge ON extract_act (purge_after);

-- Files of questions (frågefiler). scope is the kind of user that asked,
-- requester who it says it is. purge_after holds for the look-ups of the file
-- too.
CREATE TABLE extract_request (
	file        {{id}},
	service     {{text}} NOT NULL,
	code_id     BIGINT NOT NULL,
	code        {{text}} NOT NULL,
	permit      BIGINT NOT NULL,
	scope       {{text}} NOT NULL,
	requester   {{text}} NOT NULL,
	sequence    BIGINT NOT NULL,
	name        {{text}} NOT NULL,
	lookups     BIGINT NOT NULL,
	asked       {{text}} NOT NULL,
	purge_after {{text}} NOT NULL
);
CREATE INDEX extract_request_purge ON extract_request (purge_after);

-- Each look-up of a person (R60): by whom under which permit, for what, when.
CREATE TABLE extract_lookup (
	file             BIGINT NOT NULL,
	document         BIGINT NOT NULL,
	code_id          BIGINT NOT NULL,
	permit           BIGINT NOT NULL,
	reference        {{text}} NOT NULL,
	identity         {{text}} NOT NULL,
	purpose          {{text}} NOT NULL,
	under_collection BOOLEAN NOT NULL,
	procurement      {{text}} NOT NULL,
	period_from      {{text}},
	period_to        {{text}},
	day              {{text}} NOT NULL,
	at               BIGINT NOT NULL,
	purge_after      {{text}} NOT NULL,
	blocked          BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (file, document)
) {{keyed}};
CREATE INDEX extract_lookup_identity ON extract_lookup (identity, at);

-- The guard row of revisions: each change of lines has a number of its own. That
-- of doubts rises when registers have changed and nobody tells of whom.
CREATE TABLE extract_revision (
	name {{text}} PRIMARY KEY,
	last BIGINT NOT NULL
) {{keyed}};
INSERT INTO extract_revision (name, last) VALUES ('line', 0), ('doubt', 0);

-- What credit bureaus may be told, and from which revision to which: a line is
-- valid at revision r when rev_from <= r < rev_to. Nothing in a line changes;
-- one that changes is ended and another begun. once_from and once_to are the
-- revision, 0 for none, at which its beginning and its end were told at once to
-- those whose schedule had not come yet (UF 4:6). What is weeded or withheld
-- ends a line; ended lines go when no delivery needs them.
CREATE TABLE extract_line (
	record      {{text}} NOT NULL,
	identity    {{text}} NOT NULL,
	fact        {{text}} NOT NULL,
	rev_from    BIGINT NOT NULL,
	rev_to      BIGINT NOT NULL,
	once_from   BIGINT NOT NULL,
	once_to     BIGINT NOT NULL,
	day         {{text}} NOT NULL,
	name        {{text}} NOT NULL,
	number      {{text}} NOT NULL,
	text_1      {{text}} NOT NULL,
	text_2      {{text}} NOT NULL,
	text_3      {{text}} NOT NULL,
	text_4      {{text}} NOT NULL,
	count_1     BIGINT NOT NULL,
	count_2     BIGINT NOT NULL,
	amount_1    BIGINT NOT NULL,
	amount_2    BIGINT NOT NULL,
	day_1       {{text}} NOT NULL,
	day_2       {{text}} NOT NULL,
	PRIMARY KEY (record, identity, fact, rev_from)
) {{keyed}};
CREATE INDEX extract_line_from ON extract_line (record, rev_from);
CREATE INDEX extract_line_once_from ON extract_line (record, once_from) WHERE once_from > 0;
CREATE INDEX extract_line_once_to ON extract_line (record, once_to) WHERE once_to > 0;
CREATE INDEX extract_line_day ON extract_line (record, day_1) WHERE rev_to = 9223372036854775807;
CREATE INDEX extract_line_to ON extract_line (record, rev_to) WHERE rev_to < 9223372036854775807;

-- When the lines of each record were last held against the registers: whole is
-- the day on which that was done for everybody, day on which for those of whom
-- there could be news, doubt and periods what held then of doubts and of the times
-- that law and settings give. Without such a row it is done for everybody.
CREATE TABLE extract_refresh (
	record  {{text}} PRIMARY KEY,
	day     {{text}} NOT NULL,
	whole   {{text}} NOT NULL,
	doubt   BIGINT NOT NULL,
	periods {{text}} NOT NULL
) {{keyed}};

-- Persons of whom an officer has entered something that no view tells of.
CREATE TABLE extract_touched (
	day      {{text}} NOT NULL,
	identity {{text}} NOT NULL,
	PRIMARY KEY (day, identity)
) {{keyed}};

-- One subscription a code and extract. number and revision are of its last
-- delivery.
CREATE TABLE extract_subscription (
	id              {{id}},
	code_id         BIGINT NOT NULL,
	main_code_id    BIGINT NOT NULL,
	code            {{text}} NOT NULL,
	extract         {{text}} NOT NULL,
	state           {{text}} NOT NULL CHECK (state IN ('active', 'ended')),
	full_every      {{text}} NOT NULL,
	full_on         BIGINT NOT NULL,
	diff_every      {{text}} NOT NULL,
	diff_on         BIGINT NOT NULL,
	number          BIGINT NOT NULL,
	revision        BIGINT NOT NULL,
	last_full       {{text}},
	last_any        {{text}},
	UNIQUE (code_id, extract)
);

CREATE TABLE extract_delivery (
	subscription BIGINT NOT NULL REFERENCES extract_subscription (id),
	number       BIGINT NOT NULL,
	kind         {{text}} NOT NULL CHECK (kind IN ('full', 'difference', 'at_once')),
	rev_from     BIGINT NOT NULL,
	rev_to       BIGINT NOT NULL,
	day          {{text}} NOT NULL,
	sent         {{text}},
	PRIMARY KEY (subscription, number)
) {{keyed}};
CREATE INDEX extract_delivery_open ON extract_delivery (subscription, number) WHERE sent IS NULL;

-- +goose Down
DROP TABLE extract_delivery;
DROP TABLE extract_subscription;
DROP TABLE extract_touched;
DROP TABLE extract_refresh;
DROP TABLE extract_line;
DROP TABLE extract_revision;
DROP TABLE extract_lookup;
DROP TABLE extract_request;
DROP TABLE extract_act;
DROP TABLE extract_withheld;
DROP TABLE extract_import;
DROP TABLE extract_reorganisation;
DROP TABLE extract_administrator;
DROP TABLE extract_bankruptcy;
DROP TABLE extract_public_case;
DROP TABLE extract_person;
