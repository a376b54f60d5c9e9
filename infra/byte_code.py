"""Adds to a zip the byte code of every module that has none: what Chalice puts there by itself."""

import py_compile
import zipfile
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

DAY_OF_ALL: Final = (1980, 1, 1, 0, 0, 0)  # so that the same sources make the same zip


def add_byte_code(archive: Path, root: str) -> None:
    """`root` is where the zip is unpacked, which tracebacks name."""
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as opened:
        names = set(opened.namelist())
        for name in sorted(names):
            if name.endswith(".py") and cache_from_source(name) not in names:
                made = zipfile.ZipInfo(cache_from_source(name), DAY_OF_ALL)
                made.external_attr = opened.getinfo(name).external_attr  # its mode
                code = _compiled(opened.read(name), f"{root}/{name}")
                opened.writestr(made, code, zipfile.ZIP_DEFLATED)


def _compiled(source: bytes, place: str) -> bytes:
    with TemporaryDirectory() as folder:
        bare, made = Path(folder, "module.py"), Path(folder, "module.pyc")
        bare.write_bytes(source)
        # By their dates no byte code of the zip is known to be newer than its source.
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(bare), str(made), place, doraise=True, invalidation_mode=mode)
        return made.read_bytes()
