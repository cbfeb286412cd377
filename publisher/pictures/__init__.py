"""Pictures: what a file really holds (`inspect`), and the form a target can show (`prepare`).

Knows Pillow and resvg, which are imported only when a picture is at hand. Knows no document and
no output format beyond what kinds of picture it can show.
"""
