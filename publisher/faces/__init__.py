"""Font files: catalogue, store, opened faces, fallback and subsets. Knows no documents."""
