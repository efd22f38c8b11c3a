-- Answers of every transaction: what became of each document, the cases as the
-- filer knows them, and the events that were told.
ALTER TABLE file ADD COLUMN matched INTEGER NOT NULL DEFAULT 0; -- documents with a case number
UPDATE file SET matched = (SELECT count(*) FROM document d WHERE d.file_id = file.id AND d.case_number <> '');
CREATE INDEX file_by_digest ON file (digest);
CREATE INDEX file_by_note ON file (note_digest) WHERE note_digest <> '';
CREATE INDEX file_by_transmission ON file (file_tx) WHERE state IN ('sending', 'sent');

ALTER TABLE document ADD COLUMN act         TEXT    NOT NULL DEFAULT ''; -- what it does to a case; '' of an application
ALTER TABLE document ADD COLUMN part        INTEGER NOT NULL DEFAULT 0;  -- claim part
ALTER TABLE document ADD COLUMN until       TEXT;                        -- last day of a deferral
ALTER TABLE document ADD COLUMN respondents INTEGER NOT NULL DEFAULT 0;  -- of an application
ALTER TABLE document ADD COLUMN opted_out   INTEGER NOT NULL DEFAULT 0;  -- no enforcement wanted
ALTER TABLE document ADD COLUMN result      TEXT    NOT NULL DEFAULT ''; -- applied | already | held | refused
ALTER TABLE document ADD COLUMN error_en    TEXT    NOT NULL DEFAULT '';
CREATE INDEX document_of_case ON document (case_number) WHERE case_number <> '';

CREATE TABLE known ( -- a case as the filer knows it
    service     TEXT    NOT NULL,
    number      TEXT    NOT NULL, -- case number, or number of a claim report
    code        TEXT    NOT NULL,
    reference   TEXT    NOT NULL,
    file_id     INTEGER NOT NULL, -- with position, the document that it came of; 0 where none is in the book
    position    INTEGER NOT NULL,
    origin      TEXT    NOT NULL,
    parent      TEXT    NOT NULL, -- payment-order case that is enforced; matter of a claim report
    title       TEXT    NOT NULL, -- number of the verdict or of another title
    link_group  TEXT    NOT NULL,
    registered  TEXT,
    state       TEXT    NOT NULL,
    since       TEXT,
    open        INTEGER NOT NULL,
    reason      TEXT    NOT NULL, -- why it ended
    last_day    TEXT,             -- by which something is to be done
    debtor      BLOB,             -- keyed digest of the debtor's number
    respondents INTEGER NOT NULL, -- against whom it goes on
    claimed     INTEGER NOT NULL,
    reduced     INTEGER NOT NULL,
    received    INTEGER NOT NULL,
    linked      INTEGER NOT NULL,
    paid_out    INTEGER NOT NULL,
    fees        INTEGER NOT NULL,
    remaining   INTEGER,          -- NULL until it is told
    PRIMARY KEY (service, number)
) WITHOUT ROWID;
CREATE INDEX known_by_reference ON known (reference) WHERE reference <> '';
CREATE INDEX known_by_title ON known (title) WHERE title <> '';
CREATE INDEX known_by_parent ON known (parent) WHERE parent <> '';
CREATE INDEX known_open ON known (code, service) WHERE open = 1;

INSERT INTO known (service, number, code, reference, file_id, position, origin, parent, title, link_group, registered, state, since, open,
    reason, last_day, respondents, claimed, reduced, received, linked, paid_out, fees, remaining)
SELECT 'bf', d.case_number, f.code, d.reference, f.id, d.position, 'file', '', '', '', d.registered, 'registered', d.registered, 1,
    '', NULL, 0, d.sum_ore, 0, 0, 0, 0, d.fee_ore, NULL
FROM document d JOIN file f ON f.id = d.file_id WHERE d.case_number <> '' AND f.kind = 'bf.application'
ON CONFLICT DO NOTHING;

ALTER TABLE fetched RENAME TO fetched_before;
CREATE TABLE fetched (
    id      INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    tx      TEXT NOT NULL, -- SHS tx.id, or the name on e-transport
    kind    TEXT NOT NULL,
    path    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    saved   TEXT NOT NULL,
    matched INTEGER NOT NULL DEFAULT 0,
    acked   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (address, tx)
);
INSERT INTO fetched (address, tx, kind, path, digest, saved, matched, acked)
SELECT address, tx, kind, path, digest, saved, matched, acked FROM fetched_before ORDER BY saved, tx;
DROP TABLE fetched_before;
CREATE INDEX fetched_unmatched ON fetched (id) WHERE matched = 0;
CREATE INDEX fetched_unacked ON fetched (address) WHERE acked = 0;

CREATE TABLE event (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- the cursor
    taken       TEXT    NOT NULL,
    fetched_id  INTEGER NOT NULL,
    day         TEXT,
    kind        TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    transact    TEXT    NOT NULL,
    service     TEXT    NOT NULL,
    party_code  TEXT    NOT NULL,
    sequence    INTEGER NOT NULL, -- of the own file, or of the delivery
    reference   TEXT    NOT NULL,
    case_number TEXT    NOT NULL,
    amounts     TEXT    NOT NULL, -- JSON: öre by name
    details     TEXT    NOT NULL, -- JSON: text by name
    sv          TEXT    NOT NULL, -- words that came in the file; '' where they follow from kind and code
    en          TEXT    NOT NULL
);
CREATE INDEX event_by_reference ON event (reference) WHERE reference <> '';
CREATE INDEX event_by_case ON event (case_number) WHERE case_number <> '';

CREATE TABLE claim ( -- which documents claim what, by keyed digest
    digest   BLOB    NOT NULL,
    file_id  INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (digest, file_id, position)
) WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE outlet ( -- how far the events have been told to whom
    name   TEXT    PRIMARY KEY,
    cursor INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE delivery ( -- numbered deliveries of credit extracts
    code    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    number  INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    PRIMARY KEY (code, kind, number)
) WITHOUT ROWID;
