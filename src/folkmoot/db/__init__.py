"""One durable store behind two databases: SQLite in the process, or PostgreSQL. Start at `core`."""
