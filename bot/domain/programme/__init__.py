"""Rules of the programme itself: its set-up, its cohorts, and what waits for a coordinator's decision."""
