-- +goose Up

-- A file or management message for one address. Bytes stand in body or, when
-- large, under blob_key. The moments are NULL until they have happened.
CREATE TABLE outbox_message (
	id               {{id}},
	tx_id            {{text}} NOT NULL,
	corr_id          {{text}} NOT NULL,
	content_id       {{text}} NOT NULL,
	address          {{text}} NOT NULL,
	code             {{text}} NOT NULL,
	transaction_name {{text}} NOT NULL,
	sequence_type    {{text}} NOT NULL,
	product          {{text}} NOT NULL,
	name             {{text}} NOT NULL,
	data_part_type   {{text}} NOT NULL,
	sender           {{text}} NOT NULL,
	originator       {{text}} NOT NULL,
	end_recipient    {{text}} NOT NULL,
	subject          {{text}} NOT NULL,
	body             {{bytes}},
	blob_key         {{text}} NOT NULL,
	size             BIGINT NOT NULL,
	digest           {{text}} NOT NULL,
	created          BIGINT NOT NULL,
	once_key         {{text}},
	push_url         {{text}} NOT NULL,
	fetched          BIGINT,
	sent             BIGINT,
	acknowledged     BIGINT,
	quarantined      BIGINT,
	quarantine_code  {{text}},
	quarantine_info  {{text}},
	quarantine_salt  {{bytes}},
	UNIQUE (tx_id),
	UNIQUE (once_key)
);

-- What an address still waits for is listed often and is little; the rest is
-- listed seldom.
CREATE INDEX outbox_message_waiting ON outbox_message (address, created, id) WHERE acknowledged IS NULL;
CREATE INDEX outbox_message_unsent ON outbox_message (address, transaction_name, id) WHERE sent IS NULL AND acknowledged IS NULL;
CREATE INDEX outbox_message_arrival ON outbox_message (address, created, id);
CREATE INDEX outbox_message_answer ON outbox_message (corr_id);
CREATE INDEX outbox_message_acknowledged ON outbox_message (acknowledged) WHERE acknowledged IS NOT NULL;
CREATE INDEX outbox_message_sent ON outbox_message (sent) WHERE sent IS NOT NULL;
CREATE INDEX outbox_message_quarantined ON outbox_message (id) WHERE quarantined IS NOT NULL;
CREATE INDEX outbox_message_blob ON outbox_message (blob_key) WHERE blob_key <> '';

CREATE TABLE outbox_meta (
	message BIGINT NOT NULL REFERENCES outbox_message (id) ON DELETE CASCADE,
	name    {{text}} NOT NULL,
	value   {{text}} NOT NULL,
	PRIMARY KEY (message, name)
) {{keyed}};

-- What is pushed to a filer's own receive service, until it has been taken
-- there or given up. next_at is wall time; an address is pushed to under a
-- lease.
CREATE TABLE outbox_push (
	message    BIGINT PRIMARY KEY REFERENCES outbox_message (id) ON DELETE CASCADE,
	address    {{text}} NOT NULL,
	attempts   BIGINT NOT NULL,
	next_at    BIGINT NOT NULL,
	last_error {{text}} NOT NULL
) {{keyed}};

CREATE INDEX outbox_push_next ON outbox_push (address, next_at, message);

-- +goose Down
DROP TABLE outbox_push;
DROP TABLE outbox_meta;
DROP TABLE outbox_message;
