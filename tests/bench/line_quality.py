"""Prints how good the lines of sources are: total fit against lines chosen one after the other.

python tests/bench/line_quality.py SOURCE ... [--measure EM] [--theme NAME]

Every justified paragraph is set as a document would be; the sums are of the same costs. `full` takes
each line as full as it goes, `best` each line as good as it is by itself, `natural` each as full as
it goes without shrinking, as programs do that only stretch.
"""

import argparse
import time
from pathlib import Path

import publisher
from publisher.environment import Environment
from publisher.events import ignore
from publisher.job import Workshop
from publisher.layout import fitted
from publisher.layout.quality import Looseness, cost_of, greedy_breaks, looseness
from publisher.settings import Settings, ThemeSettings
from publisher.stages import lay_out, open_faces, sheet_for

WAYS = ("total fit", "full", "best", "natural")


class Comparison:
    """Sums by way of choosing, and the paragraphs where total fit costs more than another."""

    def __init__(self):
        self.costs = dict.fromkeys(WAYS, 0.0)
        self.counts = dict.fromkeys(WAYS, Looseness())
        self.worse = []
        self.seconds = 0.0
        self._choose = fitted.choose_breaks

    def choose(self, measured, start, end, widths, params):
        """`choose_breaks`, with the other choices beside it."""
        begun = time.process_time()
        lines = self._choose(measured, start, end, widths, params)
        self.seconds += time.process_time() - begun
        if params.justify:
            self.add(measured, lines, widths, params)
        return lines

    def add(self, measured, lines, widths, params):
        bounds = lines[0].start, lines[-1].end
        ways = {
            "total fit": lines,
            "full": greedy_breaks(measured, bounds, widths, params, "full"),
            "best": greedy_breaks(measured, bounds, widths, params, "best"),
            "natural": greedy_breaks(measured, bounds, widths, params, "natural"),
        }
        costs = {way: cost_of(measured, made, widths, params) for way, made in ways.items()}
        for way, made in ways.items():
            self.costs[way] += costs[way]
            self.counts[way] += looseness(measured, made, widths, params)
        if costs["total fit"] > min(costs.values()) + 1e-6:
            self.worse.append((costs, measured.text[slice(*bounds)]))


def compare(path, theme=""):
    """The comparison of one source."""
    settings = Settings(theme=ThemeSettings(name=theme)) if theme else Settings()
    reading = publisher.read(path)
    workshop = Workshop(Environment(epoch=0))
    sheet = sheet_for(reading.document, settings, None)
    faces = open_faces(workshop, reading.document, settings, ignore)
    found = Comparison()
    fitted.choose_breaks = found.choose
    try:
        lay_out(reading.document, sheet, faces, reading.resources, settings, ignore, drawn=False)
    finally:
        fitted.choose_breaks = found._choose
    return found


def show(name, found):
    print(
        f"{name}: {found.counts['total fit'].paragraphs} paragraphs, {found.seconds:.2f} s to choose"
    )
    for way in WAYS:
        count = found.counts[way]
        share = 100 / max(count.filled, 1)
        print(
            f"  {way:9} cost {found.costs[way]:10.1f}  lines {count.lines:7}"
            f"  over 1/8 em {count.eighth * share:5.2f} %  over 1/4 em {count.quarter * share:5.2f} %"
            f"  lone endings {count.lone}"
        )
    print(f"  paragraphs where total fit costs more: {len(found.worse)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--theme", default="")
    parser.add_argument("--worse", action="store_true", help="show the paragraphs that cost more")
    given = parser.parse_args()
    whole = Comparison()
    for source in given.sources:
        found = compare(source, given.theme)
        if len(given.sources) < 5:
            show(source.name, found)
        if given.worse:
            for costs, text in found.worse[:20]:
                print("   ", {way: round(cost, 3) for way, cost in costs.items()}, text[:60])
        for way in WAYS:
            whole.costs[way] += found.costs[way]
            whole.counts[way] += found.counts[way]
        whole.worse += found.worse
        whole.seconds += found.seconds
    if len(given.sources) > 1:
        show(f"{len(given.sources)} sources", whole)


if __name__ == "__main__":
    main()
