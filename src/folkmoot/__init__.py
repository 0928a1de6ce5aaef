"""Folkmoot: a federated link aggregator and discussion server."""

__version__ = "0.1.0"
