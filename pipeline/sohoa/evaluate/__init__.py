"""Truth against output: how much of the text, the fields and the structure came out right.

``evaluate`` measures, ``render_tables``, ``to_json`` and ``to_html`` show what it found.
"""

from __future__ import annotations

from sohoa.evaluate.comparison import evaluate
from sohoa.evaluate.html_report import to_html
from sohoa.evaluate.json_report import to_json
from sohoa.evaluate.report import Report
from sohoa.evaluate.tables import render_tables

__all__ = ["Report", "evaluate", "render_tables", "to_html", "to_json"]
