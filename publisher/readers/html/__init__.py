"""HTML to the tree: semantic elements, ruby, notes, tables, pictures beside the file."""
