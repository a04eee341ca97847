"""Turn scans of Vietnamese official papers into documents that can be trusted (số hoá)."""

__version__ = "0.1.0"
