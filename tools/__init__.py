"""What do developers do here? The verbs of `./folkmoot` that need a checkout: test, dev, fix, lock."""
