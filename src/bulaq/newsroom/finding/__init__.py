"""Where the newsroom meets `bulaq.discovery`: documents from rows, indexes in the home folder, and what follows acts."""
