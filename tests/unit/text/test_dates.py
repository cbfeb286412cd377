from __future__ import annotations

import pytest

from publisher.text.dates import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-12-22", "2025-12-22"),
        ("2025-12-22 15:49:46", "2025-12-22"),
        ("2019-04-13T07:08:44.000Z", "2019-04-13"),
        ("2025/1/2", "2025-01-02"),
        ("2025.12.22.", ""),
        ("20251222", "2025-12-22"),
        ("2025年12月22日", "2025-12-22"),
        ("２０２５年１月２日（木）", "2025-01-02"),
        ("2025年3月", "2025-03"),
        ("2025년 3월 4일", "2025-03-04"),
        ("2025", "2025"),
        ("22 December 2025", "2025-12-22"),
        ("Mon, 22 Dec 2025 10:00:00 GMT", "2025-12-22"),
        ("December 22nd, 2025", "2025-12-22"),
        ("2025-13-01", ""),
        ("2025-02-30", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_written_dates(written: str, iso: str) -> None:
    assert iso_date(written) == iso
