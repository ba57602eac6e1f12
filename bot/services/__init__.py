"""Use cases: open a transaction, load facts, ask the rule, store, queue the words."""
