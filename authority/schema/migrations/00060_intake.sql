-- +goose Up

-- Profile sets as they were when files were checked with them.
CREATE TABLE intake_profile_set (
    digest     {{text}} PRIMARY KEY,
    name       {{text}} NOT NULL,
    valid_from {{text}} NOT NULL,
    archive    {{bytes}} NOT NULL
);

-- One message or upload. A repeat that the sender's own id does not show points
-- at the message whose answer it got.
CREATE TABLE intake_message (
    id             {{id}},
    transaction_id {{text}} NOT NULL UNIQUE,
    sender         {{text}} NOT NULL,
    address        {{text}} NOT NULL,
    channel        {{text}} NOT NULL CHECK (channel IN ('shs', 'e-transport')),
    tx_id          {{text}},          -- the sender's; NULL on e-transport
    corr_id        {{text}} NOT NULL,
    content_id     {{text}} NOT NULL,
    arrived        BIGINT NOT NULL,
    repeats        BIGINT REFERENCES intake_message (id),
    UNIQUE (sender, tx_id)
);

-- One submission a key, for good: the guard row of the pairing. The halves are
-- those that wait.
CREATE TABLE intake_submission (
    code_id          BIGINT NOT NULL,
    transaction_name {{text}} NOT NULL,
    sequence         BIGINT NOT NULL,
    file_half        BIGINT,
    note_half        BIGINT,
    expires          BIGINT,          -- NULL while nothing waits
    PRIMARY KEY (code_id, transaction_name, sequence)
) {{keyed}};
CREATE INDEX intake_submission_expires ON intake_submission (expires) WHERE expires IS NOT NULL;

-- One file or cover note as it came.
CREATE TABLE intake_half (
    id             {{id}},
    message_id     BIGINT NOT NULL REFERENCES intake_message (id),
    part           BIGINT NOT NULL,   -- place in the message, from 1
    role           {{text}} NOT NULL CHECK (role IN ('file', 'note')),
    transaction_name {{text}} NOT NULL, -- of the file, also for its note
    form           {{text}} NOT NULL,
    name           {{text}} NOT NULL,
    data_part_type {{text}} NOT NULL,
    sender         {{text}} NOT NULL,
    digest         {{text}} NOT NULL,
    size           BIGINT NOT NULL,
    blob_key       {{text}},          -- NULL: the bytes are in intake_bytes, or this is a repeat
    set_digest     {{text}} NOT NULL REFERENCES intake_profile_set (digest),
    party_code     {{text}} NOT NULL, -- as stated; '' when not readable
    code_id        BIGINT,
    sequence       BIGINT NOT NULL,
    documents      BIGINT NOT NULL,
    sum            BIGINT NOT NULL,
    answered       {{text}} NOT NULL, -- the outcome that was told at once
    outcome        {{text}} NOT NULL CHECK (outcome IN ('waiting', 'approved', 'approved in part', 'rejected', 'superseded')),
    findings       {{bytes}},         -- what the check found, while it waits
    repeats        BIGINT REFERENCES intake_half (id),
    repeat_key     {{text}},          -- e-transport, approved or waiting: organisation, transaction, role and digest
    purge_after    {{text}},          -- last day the bytes are kept; NULL = not settled, or weeded
    blocked        BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (message_id, part)
);
CREATE UNIQUE INDEX intake_half_repeat ON intake_half (repeat_key) WHERE repeat_key IS NOT NULL;
CREATE INDEX intake_half_code ON intake_half (code_id, id);
CREATE INDEX intake_half_purge ON intake_half (purge_after, id) WHERE purge_after IS NOT NULL;
CREATE INDEX intake_half_digest ON intake_half (digest);
CREATE INDEX intake_half_blob ON intake_half (blob_key) WHERE blob_key IS NOT NULL;

CREATE TABLE intake_bytes (
    half_id {{id}},
    body    {{bytes}} NOT NULL,
    FOREIGN KEY (half_id) REFERENCES intake_half (id)
);

-- The number expected next, a party code and transaction.
CREATE TABLE intake_series (
    code_id          BIGINT NOT NULL,
    transaction_name {{text}} NOT NULL,
    expected         BIGINT NOT NULL,
    PRIMARY KEY (code_id, transaction_name)
) {{keyed}};

-- The one receipt of a half, or of a pair under its file.
CREATE TABLE intake_receipt (
    half_id   {{id}},
    note_half BIGINT,
    outcome   {{text}} NOT NULL,
    outbox_id BIGINT NOT NULL,        -- 0: the profile asks for receipts of faults alone
    event_id  BIGINT NOT NULL,
    salt      {{bytes}} NOT NULL,
    data      {{bytes}} NOT NULL,     -- what the event's digest is made of
    at        BIGINT NOT NULL,
    FOREIGN KEY (half_id) REFERENCES intake_half (id)
);

CREATE UNIQUE INDEX intake_receipt_note ON intake_receipt (note_half) WHERE note_half IS NOT NULL;

-- Approved files: those that are read in by evening or answered later, and how
-- far that has come, and those that took effect at once. The numbers of refused
-- documents, each as the distance from the one before, in varints.
CREATE TABLE intake_file (
    id               {{id}},
    code_id          BIGINT NOT NULL,
    main_code_id     BIGINT NOT NULL,
    transaction_name {{text}} NOT NULL,
    sequence         BIGINT NOT NULL,
    arrived          BIGINT NOT NULL,
    read_in_day      {{text}},
    answer_at        BIGINT,
    refused          {{bytes}},
    cursor_at        BIGINT NOT NULL,     -- documents read in
    fence            BIGINT NOT NULL,
    done_at          BIGINT,
    FOREIGN KEY (id) REFERENCES intake_half (id)
);
CREATE INDEX intake_file_due ON intake_file (read_in_day, arrived, id) WHERE done_at IS NULL;
CREATE INDEX intake_file_answer ON intake_file (answer_at, id) WHERE answer_at IS NOT NULL AND done_at IS NULL;
CREATE INDEX intake_file_series ON intake_file (code_id, transaction_name, sequence, id);

-- A rejection is open until a file of the series is approved or the filer
-- gives up, with a reason (R20, R66).
CREATE TABLE intake_rejection (
    half_id          {{id}},
    code_id          BIGINT NOT NULL,
    transaction_name {{text}} NOT NULL,
    opened           BIGINT NOT NULL,
    closed           BIGINT,
    replaced_by      BIGINT,
    reason           {{text}},
    FOREIGN KEY (half_id) REFERENCES intake_half (id)
);
CREATE INDEX intake_rejection_open ON intake_rejection (code_id, transaction_name, half_id) WHERE closed IS NULL;
