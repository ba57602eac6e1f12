"""Everything revmentor remembers, as frozen values: one module per step of a pair's life, no SQL."""
