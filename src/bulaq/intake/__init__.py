"""Reading foreign material into `IncomingArticle`. Pure Python; knows nothing of Django."""
