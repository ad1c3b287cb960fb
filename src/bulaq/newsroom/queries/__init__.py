"""Every read that pages, feeds and the desk share. A query takes values and returns frozen data, never a QuerySet."""
