-- +goose Up

-- The latest status report of each party code that gets them. empty: no case
-- stood in it.
CREATE TABLE portfolio_report (
    code_id  BIGINT PRIMARY KEY,
    month    {{text}} NOT NULL, -- YYYY-MM
    sequence BIGINT NOT NULL,
    empty    BOOLEAN NOT NULL
) {{keyed}};

-- +goose Down
DROP TABLE portfolio_report;
