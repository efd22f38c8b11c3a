CREATE TABLE IF NOT EXISTS series (
    code          TEXT    NOT NULL,
    kind          TEXT    NOT NULL, -- transaction
    last_approved INTEGER NOT NULL,
    PRIMARY KEY (code, kind)
);
CREATE TABLE IF NOT EXISTS file (
    id             INTEGER PRIMARY KEY,
    code           TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    sequence       INTEGER NOT NULL,
    state          TEXT    NOT NULL,
    form           TEXT    NOT NULL,
    path           TEXT    NOT NULL,
    digest         TEXT    NOT NULL, -- SHA-256, hex
    note_path      TEXT    NOT NULL,
    note_digest    TEXT    NOT NULL,
    documents      INTEGER NOT NULL,
    sum_ore        INTEGER NOT NULL,
    channel        TEXT    NOT NULL DEFAULT '',
    file_tx        TEXT    NOT NULL DEFAULT '',
    note_tx        TEXT    NOT NULL DEFAULT '',
    transaction_id TEXT    NOT NULL DEFAULT '',
    outcome        TEXT    NOT NULL DEFAULT '',
    read_in        TEXT    NOT NULL DEFAULT '',
    receipt_path   TEXT    NOT NULL DEFAULT '',
    answer_path    TEXT    NOT NULL DEFAULT '', -- confirmation
    reason         TEXT    NOT NULL DEFAULT '',
    built_at       TEXT    NOT NULL,
    sent_at        TEXT    NOT NULL DEFAULT '',
    receipt_at     TEXT    NOT NULL DEFAULT '',
    confirmed_at   TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS file_by_series ON file (code, kind, sequence);
CREATE TABLE IF NOT EXISTS document (
    file_id     INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL, -- in the file, from 1
    reference   TEXT    NOT NULL,
    sum_ore     INTEGER NOT NULL,
    error_code  TEXT    NOT NULL DEFAULT '',
    error_text  TEXT    NOT NULL DEFAULT '',
    case_number TEXT    NOT NULL DEFAULT '',
    registered  TEXT    NOT NULL DEFAULT '',
    fee_ore     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (file_id, position)
);
CREATE INDEX IF NOT EXISTS document_by_reference ON document (reference);
CREATE INDEX IF NOT EXISTS document_in_file ON document (file_id, reference);
CREATE TABLE IF NOT EXISTS fetched (
    address TEXT NOT NULL,
    tx      TEXT NOT NULL, -- SHS tx.id, or the name on e-transport
    kind    TEXT NOT NULL,
    path    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    saved   TEXT NOT NULL,
    matched INTEGER NOT NULL DEFAULT 0,
    acked   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (address, tx)
);
