"""What happens later? Workers follow the journal and sweep; what they write, they write by commands."""
