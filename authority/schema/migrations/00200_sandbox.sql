-- +goose Up

-- What the people of a sandbox are going to do, and have done. A person does a
-- thing once in a case, however often the occasion comes.
CREATE TABLE sandbox_plan (
    case_number {{text}} NOT NULL,
    respondent  BIGINT   NOT NULL, -- from 1; 0 in enforcement
    step        BIGINT   NOT NULL, -- in the behaviour of the serial
    serial      BIGINT   NOT NULL,
    due         {{text}} NOT NULL, -- YYYY-MM-DD
    letter      BIGINT   NOT NULL, -- that gave the occasion; 0 if none did
    round       BIGINT   NOT NULL, -- of what is done again and again, from 1
    ended       {{text}} NOT NULL, -- '' = still to do; done, or the code of a refusal
    PRIMARY KEY (case_number, respondent, step)
) {{keyed}};

CREATE INDEX sandbox_plan_due ON sandbox_plan (due, case_number, respondent, step) WHERE ended = '';

-- How far each place has been seen: the cases of a room by id, or 1 for what
-- is done once.
CREATE TABLE sandbox_seen (
    place {{text}} PRIMARY KEY,
    mark  BIGINT   NOT NULL
) {{keyed}};

-- What debtors have paid to filers, who are told by a list.
CREATE TABLE sandbox_payment (
    case_number {{text}} NOT NULL,
    respondent  BIGINT   NOT NULL,
    step        BIGINT   NOT NULL,
    code        {{text}} NOT NULL, -- party code of the filer
    reference   {{text}} NOT NULL, -- the filer's own
    amount      BIGINT   NOT NULL, -- öre
    paid        {{text}} NOT NULL, -- YYYY-MM-DD
    whole       BOOLEAN  NOT NULL, -- nothing was left to pay
    listed      BOOLEAN  NOT NULL,
    PRIMARY KEY (case_number, respondent, step)
) {{keyed}};

CREATE INDEX sandbox_payment_unlisted ON sandbox_payment (code) WHERE NOT listed;

-- +goose Down
DROP TABLE sandbox_payment;
DROP TABLE sandbox_seen;
DROP TABLE sandbox_plan;
