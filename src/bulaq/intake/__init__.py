"""Foreign material, read into `article.IncomingArticle`: pages, exports, feeds, web archives, plain text.

Pure Python; knows nothing of Django. `listing` walks what was given, `sources` opens each input and asks the installed
readers (`reader.Reader`) which of them takes it, `judgement` says whether what came out is ready or doubtful. Nothing is
fetched by a reader, and bad input is a `Refusal`, never an exception. docs/intake.md tells how each format is read, and
how to write a reader.
"""
