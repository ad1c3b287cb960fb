"""An editor's corrections of imported pages, and reading again with them."""
