"""Reading Word files (Office Open XML, ECMA-376)."""
