"""What a table says of itself to who cannot see it: groups, scopes, headers."""

from tests.tools.small_documents import cell, grid, pages_of, row


def parts_of(*rows, columns=2, **groups):
    """The structure elements of a table's parts by index."""
    laid, _ = pages_of(grid(*rows, columns=columns, **groups))
    return {n: e for n, e in enumerate(laid.elements) if e.role[0] == "T"}


def cells_of(*rows, **more):
    """Each header and data cell: role, attributes; headers named by the order of all cells."""
    parts = parts_of(*rows, **more)
    cells = [n for n, e in parts.items() if e.role in ("TH", "TD")]
    found = []
    for n in cells:
        attributes = dict(parts[n].attributes)
        if "Headers" in attributes:
            attributes["Headers"] = [cells.index(int(i)) for i in attributes["Headers"].split()]
        found.append((parts[n].role, attributes))
    return found


def header(text, **more):
    return cell(text, header=True, **more)


def test_rows_stand_in_groups_when_there_is_a_head_or_a_foot():
    def roles(**more):
        return [e.role for e in parts_of(row("a"), columns=1, **more).values()]

    assert roles() == ["Table", "TR", "TD"]
    assert roles(head=(row("h"),)) == ["Table", "THead", "TR", "TH", "TBody", "TR", "TD"]
    assert roles(foot=(row("f"),)) == ["Table", "TBody", "TR", "TD", "TFoot", "TR", "TD"]


def test_a_table_of_head_rows_only_has_no_groups():
    parts = parts_of(columns=1, head=(row("h"),))
    assert [e.role for e in parts.values()] == ["Table", "TR", "TH"]


def test_one_row_and_one_column_of_headers_need_scopes_only():
    assert cells_of(row(header("r"), "1"), head=(row("", "h"),)) == [
        ("TH", {"Scope": "Column"}),
        ("TH", {"Scope": "Column"}),
        ("TH", {"Scope": "Row"}),
        ("TD", {}),
    ]


def test_a_corner_with_words_heads_both_ways():
    corner = cells_of(row(header("r"), "1"), head=(row("年", "h"),))[0]
    assert corner == ("TH", {"Scope": "Both"})
    assert cells_of(row("r", "1"), head=(row("年", "h"),))[0] == ("TH", {"Scope": "Column"})


def test_cells_under_spanning_headers_name_them():
    head = (row(cell("甲", colspan=2), "丙"), row("子", "丑", "寅"))
    assert cells_of(row("1", "2", "3"), head=head)[-3:] == [
        ("TD", {"Headers": [0, 2]}),
        ("TD", {"Headers": [0, 3]}),
        ("TD", {"Headers": [1, 4]}),
    ]


def test_a_header_beside_several_rows():
    rows = (row(header("r", rowspan=2), "1"), row("2"), row(header("s"), "3"))
    assert cells_of(*rows) == [
        ("TH", {"RowSpan": "2", "Scope": "Row"}),
        ("TD", {"Headers": [0]}),
        ("TD", {"Headers": [0]}),
        ("TH", {"Scope": "Row"}),
        ("TD", {"Headers": [3]}),
    ]


def test_a_title_between_rows_heads_those_below_it():
    rows = (
        row("1", "2"),
        row(header("春", colspan=2)),
        row("3", "4"),
        row(header("秋", colspan=2)),
        row("5", "6"),
    )
    found = cells_of(*rows)
    assert found[2] == ("TH", {"ColSpan": "2", "Scope": "Column"})
    assert [attributes.get("Headers") for role, attributes in found if role == "TD"] == [
        None, None, [2], [2], [5], [5],
    ]  # fmt: skip


def test_rows_that_end_early_get_empty_cells():
    found = cells_of(row("1", "2", "3"), row("4"), head=(row("h", "i"),))
    assert [role for role, _ in found] == ["TH"] * 3 + ["TD"] * 6
