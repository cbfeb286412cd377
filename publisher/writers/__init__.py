"""A document tree to a finished file, one folder a format. Siblings do not know each other."""
