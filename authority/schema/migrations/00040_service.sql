-- +goose Up
CREATE TABLE service_deadline (
    service {{text}} NOT NULL,
    subject BIGINT   NOT NULL,
    kind    {{text}} NOT NULL,
    due     {{text}} NOT NULL,
    PRIMARY KEY (service, subject, kind)
) {{keyed}};
CREATE INDEX service_deadline_due ON service_deadline (due, service, subject, kind);
