"""The typefaces of the site: which files, for which characters, and how they are made (`python -m bulaq.reader.fonts.subset`)."""
