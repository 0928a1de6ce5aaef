"""What do programs get? JSON in the names of Lemmy's API, version 3; those names stand nowhere else in the house."""
