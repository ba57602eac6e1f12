"""What is due: the database is the truth, APScheduler only the tick. Start in `sweeps`."""
