"""Document to document: ids, notes, numbering, script conversion. Knows no format."""
