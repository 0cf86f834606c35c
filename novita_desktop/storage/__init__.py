"""Everything the program keeps: the data file, its backups, the keychain, saved files."""
