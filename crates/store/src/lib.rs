//! SQL and nothing but SQL, on SQLite and PostgreSQL.
