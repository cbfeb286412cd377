"""Draws the pictures of the sample articles. Run it in this folder; needs Pillow only."""

from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
INK, PAPER, RED, WOOD = (40, 38, 36), (250, 247, 240), (168, 50, 42), (176, 138, 92)


def cover() -> None:
    """A cover without words: a page with ruled columns and a seal."""
    image = Image.new("RGB", (1200, 1700), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((70, 70, 1130, 1630), outline=INK, width=6)
    pen.rectangle((90, 90, 1110, 1610), outline=INK, width=2)
    for column in range(1, 8):
        x = 90 + column * 1020 // 8
        pen.line((x, 90, x, 1610), fill=(200, 190, 175), width=2)
    for column in range(8):
        x = 90 + column * 1020 // 8 + 64
        length = (11, 13, 9, 13, 12, 13, 7, 0)[column]
        for row in range(length):
            y = 200 + row * 100
            pen.rectangle((x - 26, y - 26, x + 26, y + 26), outline=INK, width=5)
            pen.line((x - 14, y, x + 14, y), fill=INK, width=5)
            if (row + column) % 3:
                pen.line((x, y - 14, x, y + 14), fill=INK, width=5)
    pen.rectangle((960, 1400, 1080, 1520), fill=RED)
    pen.rectangle((978, 1418, 1062, 1502), outline=PAPER, width=6)
    pen.line((1020, 1430, 1020, 1490), fill=PAPER, width=6)
    image.save(HERE / "cover.png", optimize=True)


def type_case() -> None:
    """A case of movable type: large compartments for common sorts, small ones for rare."""
    image = Image.new("RGB", (1260, 760), (236, 224, 204))
    pen = ImageDraw.Draw(image)
    pen.rectangle((20, 20, 1240, 740), fill=WOOD, outline=INK, width=6)
    boxes = [(40, 40, 420, 380), (440, 40, 820, 380), (840, 40, 1220, 200), (840, 220, 1220, 380)]
    boxes += [(40 + i * 198, 400, 218 + i * 198, 550) for i in range(6)]
    boxes += [(40 + i * 148, 570, 168 + i * 148, 720) for i in range(8)]
    for left, top, right, bottom in boxes:
        pen.rectangle((left, top, right, bottom), fill=(120, 90, 58), outline=INK, width=3)
        step = 44 if right - left > 300 else 34
        for y in range(top + 12, bottom - step + 6, step):
            for x in range(left + 12, right - step + 6, step):
                pen.rectangle((x, y, x + step - 10, y + step - 10), fill=(188, 190, 194))
                pen.line((x + 6, y + 8, x + step - 16, y + 8), fill=INK, width=3)
                pen.line((x + 6, y + 16, x + step - 16, y + 16), fill=INK, width=3)
    image.save(HERE / "type-case.png", optimize=True)


def hangul_square() -> None:
    """The square of a syllable block: consonant, vowel, final consonant."""
    image = Image.new("RGB", (900, 420), (255, 255, 255))
    pen = ImageDraw.Draw(image)
    for left, parts in ((60, 2), (480, 3)):
        pen.rectangle((left, 30, left + 360, 390), outline=INK, width=5)
        middle = 390 if parts == 2 else 230
        pen.line((left + 190, 30, left + 190, middle), fill=(150, 150, 150), width=3)
        if parts == 3:
            pen.line((left, 230, left + 360, 230), fill=(150, 150, 150), width=3)
        pen.line((left + 60, 90, left + 140, 90), fill=RED, width=14)
        pen.line((left + 140, 90, left + 140, middle - 50), fill=RED, width=14)
        pen.line((left + 270, 60, left + 270, middle - 30), fill=(36, 84, 140), width=14)
        pen.line((left + 270, 140, left + 320, 140), fill=(36, 84, 140), width=14)
        if parts == 3:
            pen.line((left + 100, 260, left + 100, 350), fill=INK, width=14)
            pen.line((left + 100, 350, left + 260, 350), fill=INK, width=14)
    image.save(HERE / "hangul-square.png", optimize=True)


if __name__ == "__main__":
    cover()
    type_case()
    hangul_square()
