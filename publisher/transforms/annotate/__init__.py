"""Readings as ruby: pinyin, bopomofo and Jyutping for Chinese, furigana for Japanese.

`document` walks the tree; `chinese`, `cantonese` and `japanese` say how the words of a text are
read, each by a library that is only there with the extra ``annotate``.
"""
