"""The command line: thin; every command calls one function of the rooms below."""
