"""The bench of line costs still stands on the layout as it is, and total fit is never dearer."""

import importlib.util

from tests.conftest import ROOT


def test_no_paragraph_of_a_sample_costs_more_than_greedy_lines(samples):
    path = ROOT / "tests" / "bench" / "line_quality.py"
    spec = importlib.util.spec_from_file_location("line_quality", path)
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    found = bench.compare(samples / "1-山城老報館.txt")
    assert found.counts["total fit"].lines > 20
    assert found.worse == []
    assert found.costs["total fit"] <= min(found.costs["full"], found.costs["best"])
