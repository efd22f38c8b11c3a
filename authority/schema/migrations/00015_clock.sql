-- +goose Up
CREATE TABLE clock_field (
    id   {{id}}, -- 1, the only row
    seen BIGINT NOT NULL, -- the latest time that the world has been at
    held BOOLEAN NOT NULL -- the clock stands at seen and is moved by command
);
