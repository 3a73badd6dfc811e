"""Benchmarks for ``make bench``: each figure is shown beside a baseline from the same run. Not tests."""
