"""How does the world come in? Doors translate a form, a body or an activity into the same commands and queries."""
