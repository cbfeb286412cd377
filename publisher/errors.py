"""The error hierarchy: every failure a user can cause, with its exit code.

Anything raised that is not a `PublisherError` is a bug in the program. A message is one clear line:
what is wrong, where, and what to do about it (`hint`).
"""

from __future__ import annotations


class PublisherError(Exception):
    """A failure with a stable code, a place and a remedy.

    Args:
        message: One line that says what is wrong, without the place.
        code: Dotted permanent code, such as ``source.empty``; the class default when left out.
        where: File name, or ``file:line`` or ``file:line:column``; empty when there is no place.
        hint: One line that says what the user can do; may be empty.
    """

    exit_code = 1
    default_code = "error"

    def __init__(self, message: str, *, code: str = "", where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """The whole message on one line: place, what is wrong, remedy."""
        place = f"{self.where}: " if self.where else ""
        remedy = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.message}{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders in a batch, keyword arguments included."""
        return (_rebuild, (type(self), self.message, self.code, self.where, self.hint))


def _rebuild(
    kind: type[PublisherError], message: str, code: str, where: str, hint: str
) -> PublisherError:
    return kind(message, code=code, where=where, hint=hint)


class ConfigError(PublisherError):
    """A setting, option or configuration file is wrong."""

    exit_code = 2
    default_code = "config"


class ThemeError(ConfigError):
    """A theme file is wrong or cannot be found."""

    default_code = "theme"


class SourceError(PublisherError):
    """A source cannot be read."""

    exit_code = 3
    default_code = "source"


class EncodingError(SourceError):
    """The bytes of a source are text in no encoding that we know, or not in the one given."""

    default_code = "source.encoding"


class UnsupportedFormat(SourceError):  # noqa: N818 - the design's public names
    """No reader takes this kind of file."""

    default_code = "source.unsupported"


class MalformedSource(SourceError):  # noqa: N818
    """The source breaks the rules of its own format."""

    default_code = "source.malformed"


class SourceTooLarge(SourceError):  # noqa: N818
    """The source, or something in it, is over a limit."""

    default_code = "source.too-large"


class ResourceError(SourceError):
    """A picture or other file that a source names cannot be used."""

    default_code = "resource"


class PreflightFailed(PublisherError):  # noqa: N818
    """Findings that the settings treat as errors; nothing was written."""

    exit_code = 4
    default_code = "preflight"


class FontError(PublisherError):
    """A font file is missing, damaged or may not be embedded."""

    exit_code = 5
    default_code = "font"


class NoCoverage(FontError):  # noqa: N818
    """Under --strict: a character that no face can draw."""

    default_code = "font.missing-glyph"


class LayoutError(PublisherError):
    """The pages cannot be made, for example because the type area has no room for a line."""

    exit_code = 6
    default_code = "layout"


class WriteError(PublisherError):
    """An output file cannot be written."""

    exit_code = 7
    default_code = "write"


class OutputExists(WriteError):  # noqa: N818
    """The output is there already and may not be overwritten."""

    default_code = "write.exists"


class ProofFailed(PublisherError):  # noqa: N818
    """A finished file does not say what its tree says; the file was written."""

    default_code = "verify"


class JobFailed(PublisherError):  # noqa: N818
    """A job of a batch took its process down, or met with a bug."""

    default_code = "job.died"


class JobTimeout(PublisherError):  # noqa: N818
    """A job of a batch took longer than it may."""

    default_code = "job.timeout"


class ClusterError(PublisherError):
    """A cluster cannot be reached, or cannot do the jobs."""

    exit_code = 8
    default_code = "cluster"


class PluginError(PublisherError):
    """A plug-in cannot be loaded or breaks its contract."""

    exit_code = 8
    default_code = "plugin"
