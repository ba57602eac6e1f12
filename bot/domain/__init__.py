"""Pure rules: facts, settings and `now` in, decisions out. No I/O, no clock, no dice."""
