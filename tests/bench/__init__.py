"""Benchmarks: commands that print ratios, never tests with a clock."""
