"""From the tree to pages as plain data. Pure: no PDF library, no file access."""
