"""What the program is about, in plain Python: no I/O, no clock, no Qt."""
