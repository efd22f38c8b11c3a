-- +goose Up
CREATE TABLE permit_permit (
    id              {{id}},
    code_id         BIGINT   NOT NULL,
    service         {{text}} NOT NULL,
    transactions    {{text}} NOT NULL, -- names with blanks between; empty = all of the service
    scope           {{text}} NOT NULL, -- kind of user of extracts; '' where none is asked for
    quota_per_day   BIGINT   NOT NULL, -- documents; 0 = no limit
    quota_per_month BIGINT   NOT NULL,
    state           {{text}} NOT NULL CHECK (state IN ('open', 'suspended', 'revoked')),
    valid_from      {{text}} NOT NULL,
    valid_until     {{text}},
    UNIQUE (code_id, service)
);

-- detail says what was decided, beyond the kind.
CREATE TABLE permit_decision (
    id         {{id}},
    permit_id  BIGINT   NOT NULL REFERENCES permit_permit (id),
    kind       {{text}} NOT NULL CHECK (kind IN ('grant', 'amend', 'suspend', 'resume', 'revoke')),
    detail     {{text}} NOT NULL,
    reason     {{text}} NOT NULL,
    decided_by {{text}} NOT NULL,
    at         BIGINT   NOT NULL
);
CREATE INDEX permit_decision_permit ON permit_decision (permit_id, at);

-- What is used of a quota, a day ('2026-03-02') or month ('2026-03'): the guard
-- row of each.
CREATE TABLE permit_use (
    permit_id BIGINT   NOT NULL REFERENCES permit_permit (id),
    period    {{text}} NOT NULL,
    used      BIGINT   NOT NULL,
    PRIMARY KEY (permit_id, period)
) {{keyed}};

-- The own extensions that a party code has switched on.
CREATE TABLE permit_extension (
    code_id          BIGINT   NOT NULL,
    transaction_name {{text}} NOT NULL,
    PRIMARY KEY (code_id, transaction_name)
) {{keyed}};
CREATE TABLE permit_extension_decision (
    id               {{id}},
    code_id          BIGINT   NOT NULL,
    transaction_name {{text}} NOT NULL,
    switched_on      BOOLEAN  NOT NULL,
    reason           {{text}} NOT NULL,
    decided_by       {{text}} NOT NULL,
    at               BIGINT   NOT NULL
);
CREATE INDEX permit_extension_decision_code ON permit_extension_decision (code_id, at);
