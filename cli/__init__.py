"""The command line: one module per subject, put together in `app.py`; `house.py` composes a running bot."""
