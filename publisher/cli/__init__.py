"""The command line. The only package that writes to a terminal."""
