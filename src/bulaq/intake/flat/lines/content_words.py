"""The words that carry what a text is about."""

from __future__ import annotations

from bulaq.intake.box_headings import fold_heading


def content_words(text: str) -> frozenset[str]:
    """The words of `text` that carry its subject, folded, without article and conjunction."""
    words = set()
    for word in fold_heading(text).split():
        bare = word[1:] if word.startswith(("و", "ب", "ل", "ف")) and len(word) > 5 else word
        bare = bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare
        if len(bare) >= 3:
            words.add(bare[:5])
    return frozenset(words)
