-- +goose Up
CREATE TABLE permit_permit (
    id           {{id}},
    code_id      BIGINT   NOT NULL,
    service      {{text}} NOT NULL,
    transactions {{text}} NOT NULL, -- names with blanks between; empty = all of the service
    state        {{text}} NOT NULL CHECK (state IN ('open', 'suspended', 'revoked')),
    valid_from   {{text}} NOT NULL,
    valid_until  {{text}},
    UNIQUE (code_id, service)
);
CREATE TABLE permit_decision (
    id         {{id}},
    permit_id  BIGINT   NOT NULL REFERENCES permit_permit (id),
    kind       {{text}} NOT NULL CHECK (kind IN ('grant', 'suspend', 'resume', 'revoke')),
    reason     {{text}} NOT NULL,
    decided_by {{text}} NOT NULL,
    at         BIGINT   NOT NULL
);
CREATE INDEX permit_decision_permit ON permit_decision (permit_id, at);
