"""Words of Traditional Chinese, how often they occur, and the likeliest words of a text.

The list is that of rime-essay (LGPL-3), reduced to what decides between characters that are one in
Simplified script. It is loaded when it is first asked for (0.2 s, 40 MB).
"""
