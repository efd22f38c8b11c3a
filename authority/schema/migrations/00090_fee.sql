-- +goose Up

-- What a code was charged. bearer 'debtor' is a fee charged in the case, which
-- the respondent may still pay; charge_day is the day from which it is the
-- filer's to pay by invoice, NULL before. pay_by is the day until which the filer
-- may pay it in the case, NULL if it was not demanded there. invoice_id is set once. Amounts are kept by
-- compare-and-set on changes, and each change is a row of fee_movement:
-- amount = recovered + reversed + paid + invoiced + what is still open.
CREATE TABLE fee_item (
    id         {{id}},
    code_id    BIGINT   NOT NULL,
    service    {{text}} NOT NULL, -- whose case it is
    case_id    BIGINT   NOT NULL, -- 0 if none
    reference  {{text}} NOT NULL, -- case number, or of a reminder the invoice
    own        {{text}} NOT NULL, -- the filer's own reference
    client     {{text}} NOT NULL, -- whose claim it was
    kind       {{text}} NOT NULL,
    amount     BIGINT   NOT NULL CHECK (amount > 0),
    day        {{text}} NOT NULL,
    bearer     {{text}} NOT NULL CHECK (bearer IN ('filer', 'debtor')),
    charge_day {{text}},
    recovered  BIGINT   NOT NULL DEFAULT 0 CHECK (recovered >= 0), -- from the respondent
    reversed   BIGINT   NOT NULL DEFAULT 0 CHECK (reversed >= 0),  -- before it was invoiced
    pay_by     {{text}},
    paid       BIGINT   NOT NULL DEFAULT 0 CHECK (paid >= 0), -- by the filer, in the case
    invoice_id BIGINT,
    line       BIGINT   NOT NULL DEFAULT 0, -- on the invoice, from 1
    invoiced   BIGINT   NOT NULL DEFAULT 0 CHECK (invoiced >= 0),
    credited   BIGINT   NOT NULL DEFAULT 0 CHECK (credited >= 0 AND credited <= invoiced),
    disputed   BOOLEAN  NOT NULL DEFAULT FALSE,
    changes    BIGINT   NOT NULL DEFAULT 0,
    CHECK (recovered + reversed + paid + invoiced <= amount),
    CHECK ((bearer = 'debtor') = (charge_day IS NULL))
);
CREATE INDEX fee_item_code ON fee_item (code_id, day);
CREATE INDEX fee_item_case ON fee_item (case_id, service);
CREATE INDEX fee_item_open ON fee_item (code_id, id) WHERE invoice_id IS NULL AND charge_day IS NOT NULL;
CREATE INDEX fee_item_invoice ON fee_item (invoice_id, line) WHERE invoice_id IS NOT NULL;
CREATE INDEX fee_item_disputed ON fee_item (invoice_id) WHERE disputed;

-- What happened to an item: recovered, passed_on, demanded, paid, paid_back,
-- reversed, returned, credited.
CREATE TABLE fee_movement (
    item_id BIGINT   NOT NULL REFERENCES fee_item (id),
    number  BIGINT   NOT NULL, -- ascending in the item
    kind    {{text}} NOT NULL,
    amount  BIGINT   NOT NULL,
    day     {{text}} NOT NULL,
    officer {{text}} NOT NULL, -- '' where it followed by itself
    reason  {{text}} NOT NULL,
    PRIMARY KEY (item_id, number)
) {{keyed}};

-- How a code is invoiced, beside what the register of parties knows. A code
-- without a row is invoiced as its main code is, with the defaults.
CREATE TABLE fee_payer (
    code_id     BIGINT   NOT NULL PRIMARY KEY,
    own_invoice BOOLEAN  NOT NULL, -- a sub-code with invoices of its own
    edi_scheme  {{text}} NOT NULL,
    edi_id      {{text}} NOT NULL,
    buyer_reference {{text}} NOT NULL,
    terms_days  BIGINT   NOT NULL CHECK (terms_days >= 0) -- 0: the default
) {{keyed}};

-- The guard row of everything that happens between a payer and the authority:
-- credit is what the authority holds for the payer and has set off against
-- nothing yet.
CREATE TABLE fee_account (
    code_id BIGINT NOT NULL PRIMARY KEY,
    credit  BIGINT NOT NULL CHECK (credit >= 0),
    events  BIGINT NOT NULL -- number of the last event
) {{keyed}};

-- Number series of invoices and credit notes, one a year.
CREATE TABLE fee_series (
    name {{text}} NOT NULL PRIMARY KEY,
    next BIGINT   NOT NULL
) {{keyed}};

-- Periods that are closed for all payers.
CREATE TABLE fee_period (
    last_day  {{text}} NOT NULL PRIMARY KEY,
    first_day {{text}} NOT NULL,
    closed    {{text}} NOT NULL
) {{keyed}};

-- Collective invoices (samlingsfaktura) and credit notes. state 'closing' is an
-- invoice that is being made; it has no number yet. The payer stands as it was
-- on the day of the invoice. balance = total - paid - credited.
CREATE TABLE fee_invoice (
    id          {{id}},
    kind        {{text}} NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    state       {{text}} NOT NULL CHECK (state IN ('closing', 'issued')),
    number      {{text}} UNIQUE,
    payment_reference {{text}} UNIQUE, -- OCR
    code_id     BIGINT   NOT NULL,
    main_id     BIGINT   NOT NULL,
    code        {{text}} NOT NULL,
    name        {{text}} NOT NULL,
    organisation {{text}} NOT NULL,
    street      {{text}} NOT NULL,
    postal_code {{text}} NOT NULL,
    town        {{text}} NOT NULL,
    edi_scheme  {{text}} NOT NULL,
    edi_id      {{text}} NOT NULL,
    buyer_reference {{text}} NOT NULL,
    corrects    BIGINT REFERENCES fee_invoice (id), -- of a credit note
    first_day   {{text}} NOT NULL,
    last_day    {{text}} NOT NULL,
    day         {{text}} NOT NULL,
    due         {{text}} NOT NULL,
    lines       BIGINT   NOT NULL,
    total       BIGINT   NOT NULL,
    bearing     BIGINT   NOT NULL CHECK (bearing >= 0), -- the part that bears late interest
    paid        BIGINT   NOT NULL CHECK (paid >= 0),
    credited    BIGINT   NOT NULL CHECK (credited >= 0),
    late        BOOLEAN  NOT NULL, -- something was paid late, and its interest is neither charged nor waived
    disputed    BOOLEAN  NOT NULL,
    reminders   BIGINT   NOT NULL,
    reminded    {{text}}, -- day of the last reminder
    purge_after {{text}}, -- until when the lines say whose claims they concern
    CHECK (paid + credited <= total),
    CHECK ((kind = 'credit_note') = (corrects IS NOT NULL)),
    CHECK ((state = 'issued') = (number IS NOT NULL))
);
CREATE UNIQUE INDEX fee_invoice_period ON fee_invoice (code_id, last_day) WHERE kind = 'invoice';
CREATE INDEX fee_invoice_code ON fee_invoice (code_id, day);
CREATE INDEX fee_invoice_main ON fee_invoice (main_id, due);
CREATE INDEX fee_invoice_corrects ON fee_invoice (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX fee_invoice_unsettled ON fee_invoice (due) WHERE kind = 'invoice' AND state = 'issued' AND paid + credited < total;
CREATE INDEX fee_invoice_purge ON fee_invoice (purge_after) WHERE purge_after IS NOT NULL;
CREATE INDEX fee_invoice_late ON fee_invoice (id) WHERE late;

-- Credits of invoiced items. note_id is set when the credit note is made.
CREATE TABLE fee_credit (
    item_id    BIGINT   NOT NULL REFERENCES fee_item (id),
    number     BIGINT   NOT NULL, -- of the movement
    invoice_id BIGINT   NOT NULL REFERENCES fee_invoice (id),
    amount     BIGINT   NOT NULL CHECK (amount > 0),
    day        {{text}} NOT NULL,
    note_id    BIGINT REFERENCES fee_invoice (id),
    line       BIGINT   NOT NULL,
    PRIMARY KEY (item_id, number)
) {{keyed}};
CREATE INDEX fee_credit_open ON fee_credit (invoice_id) WHERE note_id IS NULL;
CREATE INDEX fee_credit_note ON fee_credit (note_id, line) WHERE note_id IS NOT NULL;

-- What happened between a payer and the authority, in order. Nothing in it is
-- changed.
CREATE TABLE fee_event (
    code_id    BIGINT   NOT NULL,
    number     BIGINT   NOT NULL,
    day        {{text}} NOT NULL,
    kind       {{text}} NOT NULL,
    invoice_id BIGINT   NOT NULL, -- 0 if none
    item_id    BIGINT   NOT NULL, -- 0 if the whole invoice
    amount     BIGINT   NOT NULL,
    reference  {{text}} NOT NULL, -- the bank's, of a payment
    officer    {{text}} NOT NULL, -- '' where it followed by itself
    reason     {{text}} NOT NULL,
    PRIMARY KEY (code_id, number)
) {{keyed}};
CREATE INDEX fee_event_invoice ON fee_event (invoice_id);
CREATE INDEX fee_event_day ON fee_event (day, kind);

-- Payments taken, so that one told twice counts once.
CREATE TABLE fee_payment (
    reference  {{text}} NOT NULL PRIMARY KEY, -- the bank's
    code_id    BIGINT   NOT NULL,
    invoice_id BIGINT   NOT NULL,
    amount     BIGINT   NOT NULL CHECK (amount > 0),
    day        {{text}} NOT NULL
) {{keyed}};
