"""The language: normalise, tokenise, stem, dates, digits, plurals, slugs, truncation. Depends on no other room."""
