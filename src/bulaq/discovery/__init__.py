"""Search, related articles, near-duplicates, stories, topics, sections. Pure Python; knows nothing of Django.

Four questions, each with a package of its own, that build on the same terms and names:

* What does this query find? `index` says what can be asked; two engines keep it (`embedded`, `postgres`), and share how
  a query is understood (`query`, `spelling`), how what was found is put in order (`ranking`) and shown (`results`).
* What belongs to this article? `related` (and the stories that articles are chapters of), `duplicates`.
* Who and what is it about? `topics`.
* Where does it stand? `sections`.

Below them: `document`, what is known of an article; `terms`, its words as numbers; `gazetteer`, the names of the world.
"""
