"""What an archive takes in: packages with their metadata, registers, quality, names, parts."""

from __future__ import annotations

from sohoa.archive.fields import Filled, Level, fill_document, missing
from sohoa.archive.keeping import Checked, Fault, check_package, zip_package
from sohoa.archive.naming import DEFAULT_PATTERN, name_by_rule, safe_name, without_twins
from sohoa.archive.operator_metadata import OperatorMetadata, read_operator_metadata
from sohoa.archive.package import (
    Missing,
    PackageDocument,
    PackageKind,
    PackageOrder,
    Packed,
    write_package,
)

__all__ = [
    "DEFAULT_PATTERN",
    "Checked",
    "Fault",
    "Filled",
    "Level",
    "Missing",
    "OperatorMetadata",
    "PackageDocument",
    "PackageKind",
    "PackageOrder",
    "Packed",
    "check_package",
    "fill_document",
    "missing",
    "name_by_rule",
    "read_operator_metadata",
    "safe_name",
    "without_twins",
    "write_package",
    "zip_package",
]
