-- +goose Up

-- One row: the schema's version and the oldest version of a program that may
-- work on it.
CREATE TABLE schema_state (
    id            {{id}} CHECK (id = 1),
    version       BIGINT NOT NULL,
    readable_from BIGINT NOT NULL
);

-- Ids handed out in blocks; next is the first one not yet reserved.
CREATE TABLE store_ids (
    name {{text}} PRIMARY KEY,
    next BIGINT NOT NULL CHECK (next > 0)
) {{keyed}};

-- Leases of the workers on all replicas. The fence grows with every taking.
CREATE TABLE store_lease (
    name    {{text}} PRIMARY KEY,
    holder  {{text}} NOT NULL,
    fence   BIGINT NOT NULL,
    expires BIGINT NOT NULL
) {{keyed}};

-- One row, written to see that the database takes writes; number grows with
-- each, since what does not change is not written.
CREATE TABLE store_proof (
    id     {{id}} CHECK (id = 1),
    number BIGINT NOT NULL
);
