"""Pictures: what a file holds, and the form each output can take. Knows no documents."""
