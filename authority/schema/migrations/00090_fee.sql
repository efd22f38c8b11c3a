-- +goose Up
CREATE TABLE fee_item (
    id        {{id}},
    code_id   BIGINT   NOT NULL,
    case_id   BIGINT   NOT NULL,
    reference {{text}} NOT NULL,
    kind      {{text}} NOT NULL,
    amount    BIGINT   NOT NULL CHECK (amount > 0),
    day       {{text}} NOT NULL
);
CREATE INDEX fee_item_code ON fee_item (code_id, day);
CREATE INDEX fee_item_case ON fee_item (case_id);
