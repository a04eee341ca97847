"""Loaded once, in the process from which all workers are forked: they begin with it all in place.

The one module that works when it is imported: that is what a fork server offers.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path

# Before numpy is loaded: its threads would be forked with it.
os.environ["OMP_THREAD_LIMIT"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"


_TEXT = """TỈNH ỦY BẮC NINH    ĐẢNG CỘNG SẢN VIỆT NAM
Số 05-CT/TU    Bắc Ninh, ngày 05 tháng 3 năm 2025
CHỈ THỊ
về công tác văn thư, lưu trữ
Căn cứ Luật Lưu trữ; xét đề nghị của Văn phòng.
1. Các cấp uỷ thực hiện tốt công tác lưu trữ.
Nơi nhận: - Như trên; - Lưu VT.
"""


def _load() -> None:
    """Take a small text the whole way: then every dictionary and schema is in its place."""
    from sohoa.batch.spool import Spool
    from sohoa.digitize import assemble, read_numbered
    from sohoa.export import export_all
    from sohoa.read import open_source
    from sohoa.recognize import make_engine
    from sohoa.settings import Settings

    for library in ("pdfplumber", "pikepdf", "pypdfium2", "pytesseract", "sohoa.batch.result"):
        import_module(library)
    settings = Settings()
    with tempfile.TemporaryDirectory(prefix="sohoa-") as name:
        path = Path(name, "text.txt")
        path.write_text(_TEXT, encoding="utf-8")
        engine = make_engine(settings.recognize)
        with open_source((path,), settings.read) as source:
            spool = Spool(Path(name), source.sha256)
            spool.write(1, read_numbered(source, 1, settings, engine))
            reading = spool.read(1)
            if reading is not None:
                (record,) = assemble(source, (reading,), settings, engine)
                export_all(record)


# What is wrong here is wrong for each document too, and told there.
with suppress(Exception):
    _load()
