"""Measurements of what the program promises about speed; `python -m benchmarks NAME` runs one."""
