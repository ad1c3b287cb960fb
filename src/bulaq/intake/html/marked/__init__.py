"""Pages that name their own parts, as Bulaq's do."""
