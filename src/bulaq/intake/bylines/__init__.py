"""The grammar of Arabic bylines and datelines: place, people and agencies come apart."""
