from __future__ import annotations

import pytest

from publisher.readers.links import resolve_link


@pytest.mark.parametrize(
    ("href", "base", "target"),
    [
        ("https://a.b/c", "", "https://a.b/c"),
        ("HTTP://a.b", "", "HTTP://a.b"),
        ("//a.b/c", "", "https://a.b/c"),
        ("#第一章", "", "#第一章"),
        ("#%E7%AB%A0", "", "#章"),
        ("#", "", ""),
        ("", "", ""),
        ("mailto:a@b.c", "", "mailto:a@b.c"),
        ("javascript:alert(1)", "", ""),
        (" java\nscript:alert(1)", "", ""),
        ("data:text/html,x", "", ""),
        ("file:///etc/passwd", "", ""),
        ("c.html", "", ""),
        ("/c", "", ""),
        ("c.html", "https://a.b/d/e", "https://a.b/d/c.html"),
        ("/c", "https://a.b/d/e", "https://a.b/c"),
        ("https://a.b/d/e#n1", "https://a.b/d/e", "https://a.b/d/e#n1"),
        ("?x=1", "https://a.b/d", "https://a.b/d?x=1"),
        ("e#n1", "https://a.b/d/e", "#n1"),
        ("https://a.b/日本 語?q=%E6%97%A5&x=>", "", "https://a.b/%E6%97%A5%E6%9C%AC%20%E8%AA%9E?q=%E6%97%A5&x=%3E"),
        ("https://a.b/100%", "", "https://a.b/100%25"),
    ],
)  # fmt: skip
def test_where_links_lead(href: str, base: str, target: str) -> None:
    assert resolve_link(href, base) == target
