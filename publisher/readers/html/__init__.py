"""HTML files: semantic elements to tree."""
