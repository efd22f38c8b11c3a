-- +goose Up
CREATE TABLE journal_event (
    id      {{id}},
    kind    {{text}}  NOT NULL,
    subject {{text}}  NOT NULL,
    at      BIGINT    NOT NULL,
    digest  {{bytes}} NOT NULL
);
CREATE INDEX journal_event_subject ON journal_event (subject, id);
