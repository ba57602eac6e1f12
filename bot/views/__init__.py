"""Drawing: facts in, Block Kit out. No queries, no decisions."""
