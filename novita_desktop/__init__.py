"""Novita Desktop: run the open models that Novita AI hosts, without writing code."""

__version__ = "0.1.0"
