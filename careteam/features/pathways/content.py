"""The shipped pathways and their catalogue, read once and checked whole.

``load_content`` is called when the application starts: content that breaks its format raises
``ContentError`` with file, line and reason, and nothing starts.
"""

from functools import cache
from pathlib import Path
from types import MappingProxyType

from careteam.domain.pathway.catalogue import Content
from careteam.features.pathways.reading.catalogue import read_catalogue
from careteam.features.pathways.reading.entry import ContentError, read_file
from careteam.features.pathways.reading.pathway import read_pathway

__all__ = ["CONTENT_FOLDER", "ContentError", "load_content", "read_content"]

CONTENT_FOLDER = Path(__file__).parents[2] / "content"


@cache
def load_content() -> Content:
    """The content of this package, read on the first call. Raises ContentError."""
    return read_content(CONTENT_FOLDER)


def read_content(folder: Path) -> Content:
    """The content of a folder with ``catalogue`` and ``pathways`` in it. Raises ContentError."""
    catalogue = read_catalogue(folder / "catalogue")
    files = sorted((folder / "pathways").glob("*.yaml"))
    if not files:
        raise ContentError("pathways", 1, "no pathway files")
    names = [path.stem for path in files]
    pathways = {path.stem: read_pathway(read_file(path), catalogue, names) for path in files}
    return Content(MappingProxyType(pathways), catalogue)
