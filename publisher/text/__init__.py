"""What we know of Unicode text: classes, scripts, encodings, numerals. Knows no documents."""
