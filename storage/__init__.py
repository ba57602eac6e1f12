"""Memory: records, tables, one query module per step, the outbox and the migrations.

Start with `storage.records`, then `storage.store`: a use case opens `store.write(team_id)` and hands the `Tx` to the
query functions of `storage.<step>`. Queries return records; table rows never leave this package.
"""
