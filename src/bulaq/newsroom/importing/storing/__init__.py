"""From incoming articles to rows: prepared, stored, brought up to date, recorded."""
