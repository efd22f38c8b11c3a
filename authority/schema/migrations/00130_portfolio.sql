-- +goose Up

-- The latest status report of each party code that gets them.
CREATE TABLE portfolio_report (
    code_id  BIGINT PRIMARY KEY,
    month    {{text}} NOT NULL, -- YYYY-MM
    sequence BIGINT NOT NULL
) {{keyed}};

-- +goose Down
DROP TABLE portfolio_report;
