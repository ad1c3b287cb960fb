"""Bulaq: an Arabic-first newsroom platform."""

__version__ = "0.1.0"
