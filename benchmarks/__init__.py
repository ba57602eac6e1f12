"""Ratios, measured side by side in one run: ours against the leanest thing that does the same job.

`make bench` runs them all, prints a table and writes `benchmarks/results.json`. Run it on an otherwise idle machine.
"""
