"""Benchmarks beside the peers that are installed: `python -m bench`. Most figures of docs/speed.md come from here."""
