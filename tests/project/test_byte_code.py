"""Modules that Chalice puts into the zip by itself get byte code there."""

import marshal
import zipfile
from importlib.util import cache_from_source

import pytest

from infra.byte_code import DAY_OF_ALL, add_byte_code

SOURCES = {"app.py": "SCORE = 9\n", "chalice/app.py": "def name():\n    return 'chalice'\n"}


@pytest.fixture
def archive(tmp_path):
    return written(tmp_path / "one.zip")


def written(path):
    with zipfile.ZipFile(path, "w") as opened:
        for name, source in SOURCES.items():
            opened.writestr(zipfile.ZipInfo(name), source)
    return path


def test_each_module_gets_byte_code_that_names_its_place_on_lambda(archive):
    add_byte_code(archive, "/var/task")
    with zipfile.ZipFile(archive) as opened:
        for name in SOURCES:
            code = marshal.loads(opened.read(cache_from_source(name))[16:])
            assert code.co_filename == f"/var/task/{name}"


def test_byte_code_that_is_there_stays(archive):
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(cache_from_source("app.py"), b"made before")
    add_byte_code(archive, "/var/task")
    with zipfile.ZipFile(archive) as opened:
        assert opened.read(cache_from_source("app.py")) == b"made before"
        assert len(opened.namelist()) == 2 * len(SOURCES)


def test_the_same_sources_make_the_same_zip(archive, tmp_path):
    other = written(tmp_path / "other.zip")
    for path in (archive, other):
        add_byte_code(path, "/var/task")
    assert archive.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(archive) as opened:
        assert {made.date_time for made in opened.infolist()} == {DAY_OF_ALL}


def test_a_module_that_does_not_compile_ends_it(archive):
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr("broken.py", "def\n")
    with pytest.raises(Exception, match=r"broken\.py"):
        add_byte_code(archive, "/var/task")
