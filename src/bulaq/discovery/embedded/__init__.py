"""The embedded search index: files of arrays in a folder, nothing to install.

A segment (`segment`) holds up to 65,536 documents and never changes: their words inverted (`inversion`), the codes the
ranking works on, what is shown, and what is filtered by. A commit (`commits`) names the segments in use, which of their
documents were taken out, and the cursor. Few large arrays, sorted and searched at once, do here what an engine of
general use does word by word: `docs/decisions/` tells why.
"""
