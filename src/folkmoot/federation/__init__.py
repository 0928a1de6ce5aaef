"""How do we speak with other instances? Our things as ActivityPub's objects, and theirs as ours."""
