"""Tables in files: read from what people have, written for the programs that they use."""
