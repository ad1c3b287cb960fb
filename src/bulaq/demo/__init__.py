"""The invented newsroom «النخلة»: what `bulaq demo` loads. Uses the newsroom's own acts, like any importer."""
