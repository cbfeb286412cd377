"""Pages as small grey pictures, and how far two pictures differ."""

from PIL import Image, ImageChops, ImageFilter, ImageStat

DPI = 90
_LEVELS = 16


def page_pictures(path, dpi=DPI):
    """The pages of a PDF as grey pictures of sixteen levels."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return [
            page.render(scale=dpi / 72, grayscale=True)
            .to_pil()
            .convert("L")
            .quantize(_LEVELS)
            .convert("L")
            for page in pdf
        ]


def difference(picture, approved):
    """The largest mean difference of a 6 x 6 pixel block after blurring, 0 to 255."""
    with Image.open(approved) as image:
        other = image.convert("L")
    if other.size != picture.size:
        return 255.0
    blur = ImageFilter.GaussianBlur(1.5)
    delta = ImageChops.difference(picture.filter(blur), other.filter(blur))
    small = delta.resize((delta.width // 6, delta.height // 6), Image.Resampling.BOX)
    return float(ImageStat.Stat(small).extrema[0][1])
