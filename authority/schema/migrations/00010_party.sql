-- +goose Up
CREATE TABLE party_organisation (
    number {{text}} NOT NULL PRIMARY KEY, -- ten digits
    name   {{text}} NOT NULL
) {{keyed}};
CREATE TABLE party_code (
    id               {{id}},
    code             {{text}} NOT NULL UNIQUE, -- upper case
    main_id          BIGINT REFERENCES party_code (id), -- NULL for a main code
    organisation     {{text}} NOT NULL REFERENCES party_organisation (number),
    name             {{text}} NOT NULL,
    street           {{text}} NOT NULL,
    postal_code      {{text}} NOT NULL,
    town             {{text}} NOT NULL,
    bankgiro         {{text}} NOT NULL,
    plusgiro         {{text}} NOT NULL,
    phone            {{text}} NOT NULL,
    email            {{text}} NOT NULL,
    delivery_address {{text}} NOT NULL, -- organisation[.internal]; empty in a sub-code = the main code's
    delivery_mode    {{text}} NOT NULL CHECK (delivery_mode IN ('', 'fetched', 'pushed')),
    push_url         {{text}} NOT NULL,
    notice           {{text}} NOT NULL
);
CREATE INDEX party_code_organisation ON party_code (organisation);
CREATE INDEX party_code_main ON party_code (main_id);
CREATE INDEX party_code_delivery ON party_code (delivery_address);
CREATE TABLE party_contact (
    id          {{id}},
    code_id     BIGINT   NOT NULL REFERENCES party_code (id),
    role        {{text}} NOT NULL,
    name        {{text}} NOT NULL,
    phone       {{text}} NOT NULL,
    email       {{text}} NOT NULL,
    purge_after {{text}},
    blocked     BOOLEAN  NOT NULL
);
CREATE INDEX party_contact_code ON party_contact (code_id);
CREATE TABLE party_representative (
    id           {{id}},
    code_id      BIGINT   NOT NULL REFERENCES party_code (id),
    organisation {{text}} NOT NULL,
    from_day     {{text}} NOT NULL,
    last_day     {{text}}
);
CREATE INDEX party_representative_code ON party_representative (code_id, organisation);
CREATE INDEX party_representative_organisation ON party_representative (organisation);
CREATE TABLE party_relay (
    id       {{id}},
    node     {{text}} NOT NULL, -- organisation of the node's certificate
    actor    {{text}} NOT NULL, -- organisation that it relays for
    from_day {{text}} NOT NULL,
    last_day {{text}}
);
CREATE INDEX party_relay_node ON party_relay (node, actor);
CREATE TABLE party_pin (
    id           {{id}},
    organisation {{text}} NOT NULL,
    spki         {{text}} NOT NULL, -- SHA-256 of the public key, lower-case hex
    from_day     {{text}} NOT NULL,
    last_day     {{text}},
    note         {{text}} NOT NULL
);
CREATE INDEX party_pin_organisation ON party_pin (organisation);
