"""Imports at the desk: bringing in, watching, looking through, correcting, mapping."""
