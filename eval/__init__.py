"""Evaluation on labelled data, anyone's: `python -m eval.<name>`. Shapes and figures: docs/quality.md."""
