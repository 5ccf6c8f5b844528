"""SQL: what must outlive a call. SQLite in a file by default, PostgreSQL in production."""
