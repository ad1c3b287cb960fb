"""An import as a job: what was asked, how far it is, what can be asked of it while it runs."""
