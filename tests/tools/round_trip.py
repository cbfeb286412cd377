"""Compares a tree with what came back from a file of ours, apart from declared losses.

`plain(document, losses)` gives a tree as plain data without what the format cannot carry; each loss is
a function over the data. The lists are what docs/round-trips.md tells users.
"""

from publisher.tree.json import to_data
from publisher.tree.nodes import NoteRef
from publisher.tree.walk import walk_inlines


def plain(document, losses=()):
    """The tree as data: notes named and sorted by their first call, places forgotten."""
    data = to_data(document)
    names = {}
    for node in walk_inlines(document):
        if isinstance(node, NoteRef):
            names.setdefault(node.note, f"note {len(names) + 1}")
    notes = []
    # Drawings are cleaned when they are written; they are the same picture with other bytes.
    drawings = {r.id for r in document.resources if r.media_type == "image/svg+xml"}
    body = _walk(data["body"], (names, drawings), notes)
    notes.sort(key=lambda note: note["id"])
    found = {"meta": data["meta"], "body": body, "notes": notes}
    for loss in losses:
        found = loss(found)
    return found


def _walk(value, known, notes):
    names, drawings = known
    if isinstance(value, dict):
        value = {k: v for k, v in value.items() if k != "pos"}
        if value.get("t") == "NoteRef":
            return {"t": "NoteRef", "note": names[value["note"]]}
        if value.get("resource") in drawings:
            value["resource"] = "drawing"
        return {k: _walk(v, known, notes) for k, v in value.items()}
    if isinstance(value, list):
        found = []
        for item in value:
            made = _walk(item, known, notes)
            if isinstance(made, dict) and made.get("t") == "Footnote":
                notes.append({**made, "id": names.get(made["id"], made["id"])})
            else:
                found.append(made)
        return found
    return value


def every(change):
    """A loss: `change` is applied to every node, inner ones first; it gives a node, list or None."""

    def over(value):
        if isinstance(value, dict):
            made = {k: over(v) for k, v in value.items()}
            return change(made) if "t" in made else made
        if isinstance(value, list):
            found = []
            for item in value:
                made = over(item)
                if isinstance(made, list) and isinstance(item, dict):
                    found += made
                elif made is not None:
                    found.append(made)
            return found
        return value

    return over


def differences(before, after, path=""):
    """Lines that say where two trees of data differ; empty when they are the same."""
    if type(before) is not type(after):
        return [f"{path}: {_short(before)} -> {_short(after)}"]
    if isinstance(before, dict):
        found = []
        for key in sorted({*before, *after}):
            if before.get(key) != after.get(key):
                found += differences(before.get(key), after.get(key), f"{path}/{key}")
        return found
    if isinstance(before, list):
        found = []
        for at, (a, b) in enumerate(zip(before, after, strict=False)):
            found += differences(a, b, f"{path}/{at}")
        if len(before) != len(after):
            extra = (before if len(before) > len(after) else after)[min(len(before), len(after)) :]
            word = "lost" if len(before) > len(after) else "new"
            found.append(f"{path}: {word} {_short(extra)}")
        return found
    return [] if before == after else [f"{path}: {_short(before)} -> {_short(after)}"]


def _short(value):
    text = str(value)
    return text if len(text) < 160 else text[:160] + "…"
