-- +goose Up

-- The one row that everybody who offers letters to a print service locks, so
-- that no letter is offered to two at once.
CREATE TABLE notice_queue (
	name {{text}} PRIMARY KEY
) {{keyed}};
INSERT INTO notice_queue (name) VALUES ('print');

-- Letters (brev). route: post or forwarded (förmedlingsuppdrag). state: queued,
-- fetched, acknowledged, failed, returned. attempts counts how often the letter
-- was offered to a print service; offered_until ends the latest offer. facts
-- are JSON. purge_after and blocked hold for the persons of the letter too.
CREATE TABLE notice_letter (
	id            {{id}},
	message       {{text}} NOT NULL,
	role          {{text}} NOT NULL,
	case_number   {{text}} NOT NULL,
	reference     {{text}} NOT NULL,
	officer       {{text}} NOT NULL,
	language      {{text}} NOT NULL,
	day           {{text}} NOT NULL,
	route         {{text}} NOT NULL,
	facts         {{text}} NOT NULL,
	state         {{text}} NOT NULL,
	attempts      BIGINT NOT NULL,
	offered_until BIGINT NOT NULL,
	sent          BIGINT,
	reason        {{text}} NOT NULL,
	purge_after   {{text}},
	blocked       BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX notice_letter_state ON notice_letter (state, id);
CREATE INDEX notice_letter_case ON notice_letter (case_number, id);
CREATE INDEX notice_letter_purge ON notice_letter (purge_after) WHERE purge_after IS NOT NULL;

-- The recipient of a letter (position 0) and the parties it names. acts_for is
-- the person for whom the recipient acts, '' for who acts for itself.
CREATE TABLE notice_person (
	letter      BIGINT NOT NULL REFERENCES notice_letter (id) ON DELETE CASCADE,
	position    BIGINT NOT NULL,
	role        {{text}} NOT NULL,
	identity    {{text}} NOT NULL,
	acts_for    {{text}} NOT NULL,
	name        {{text}} NOT NULL,
	care_of     {{text}} NOT NULL,
	street      {{text}} NOT NULL,
	postal_code {{text}} NOT NULL,
	town        {{text}} NOT NULL,
	country     {{text}} NOT NULL,
	protected   BOOLEAN NOT NULL,
	PRIMARY KEY (letter, position)
) {{keyed}};
CREATE INDEX notice_person_identity ON notice_person (identity, letter) WHERE identity <> '';
CREATE INDEX notice_person_acts_for ON notice_person (acts_for, letter) WHERE acts_for <> '';

-- The register of persons with protected data (skyddade personuppgifter): one
-- row each time it was noted, with who did it and why. until_day is the last
-- day, NULL while none is set; ended is when an officer lifted it before. The
-- rows stand in the order of number.
CREATE TABLE notice_protection (
	identity     {{text}} NOT NULL,
	number       BIGINT   NOT NULL,
	from_day     {{text}} NOT NULL,
	until_day    {{text}},
	begun        BIGINT   NOT NULL,
	begun_by     {{text}} NOT NULL,
	begun_reason {{text}} NOT NULL,
	ended        BIGINT,
	ended_by     {{text}} NOT NULL,
	ended_reason {{text}} NOT NULL,
	purge_after  {{text}},
	PRIMARY KEY (identity, number)
) {{keyed}};
CREATE INDEX notice_protection_purge ON notice_protection (purge_after) WHERE purge_after IS NOT NULL;

-- View for extracts: whose data are or were protected, from which day to which
-- (NULL: on), with the moment at which that was noted or lifted last. A
-- protection that was lifted does not hold.
CREATE VIEW notice_protected AS
SELECT identity, from_day, until_day, (ended IS NULL) AS holds, COALESCE(ended, begun) AS noted FROM notice_protection;

-- What has happened to a letter, in order of attempt and time.
CREATE TABLE notice_event (
	letter  BIGINT NOT NULL REFERENCES notice_letter (id) ON DELETE CASCADE,
	attempt BIGINT NOT NULL,
	kind    {{text}} NOT NULL,
	at      BIGINT NOT NULL,
	officer {{text}} NOT NULL,
	reason  {{text}} NOT NULL,
	PRIMARY KEY (letter, attempt, kind)
) {{keyed}};

-- +goose Down
DROP VIEW notice_protected;
DROP TABLE notice_event;
DROP TABLE notice_protection;
DROP TABLE notice_person;
DROP TABLE notice_letter;
DROP TABLE notice_queue;
