"""What is text here? Markdown, addresses, ages, excerpts, the thread as plain text; no database and no door."""
