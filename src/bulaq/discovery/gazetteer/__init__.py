"""The names of places and organisations: facts that no archive teaches."""
