-- +goose Up
CREATE TABLE service_deadline (
    service {{text}} NOT NULL,
    subject BIGINT   NOT NULL,
    kind    {{text}} NOT NULL,
    due     {{text}} NOT NULL,
    PRIMARY KEY (service, subject, kind)
) {{keyed}};
CREATE INDEX service_deadline_due ON service_deadline (due, service, subject, kind);

-- What happened in cases, in order of id. Nothing is changed; a story goes
-- with its case.
CREATE TABLE service_event (
    id         {{id}},
    service    {{text}} NOT NULL,
    case_id    BIGINT   NOT NULL,
    day        {{text}} NOT NULL,
    at         BIGINT   NOT NULL,
    kind       {{text}} NOT NULL,
    respondent BIGINT   NOT NULL,
    part       BIGINT   NOT NULL,
    from_state {{text}} NOT NULL,
    to_state   {{text}} NOT NULL,
    amount     BIGINT   NOT NULL,
    file       BIGINT   NOT NULL, -- 0 if none brought it
    officer    {{text}} NOT NULL, -- '' where no officer acted
    reason     {{text}} NOT NULL,
    remark     {{text}} NOT NULL
);
CREATE INDEX service_event_case ON service_event (service, case_id, id);

-- What comes next in the series of numbers of each service, as of its cases by
-- year.
CREATE TABLE service_series (
    service {{text}} NOT NULL,
    name    {{text}} NOT NULL,
    next    BIGINT   NOT NULL,
    PRIMARY KEY (service, name)
) {{keyed}};

-- What filers have taken back of approved files before they are read in or
-- answered: lines by own reference, '' for the whole file.
CREATE TABLE service_stop (
    file      BIGINT   NOT NULL,
    reference {{text}} NOT NULL,
    officer   {{text}} NOT NULL,
    reason    {{text}} NOT NULL,
    at        BIGINT   NOT NULL,
    PRIMARY KEY (file, reference)
) {{keyed}};

-- The guard of what is stopped of a file: taken by whoever stops lines and by
-- whoever reads a part of it in or answers it, so that neither misses the other.
CREATE TABLE service_gate (
    file  BIGINT NOT NULL PRIMARY KEY,
    stops BIGINT NOT NULL
) {{keyed}};

-- The guard of what a filer claims in a service: taken by each chunk of its
-- applications that is read in, so that none misses the same claim in another.
CREATE TABLE service_claims (
    service      {{text}} NOT NULL,
    main_code_id BIGINT   NOT NULL,
    chunks       BIGINT   NOT NULL,
    PRIMARY KEY (service, main_code_id)
) {{keyed}};
