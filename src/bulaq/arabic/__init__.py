"""The language: what equals what, and how things are written. Depends on no other room.

* What equals what: `normalise` folds spelling, `boundaries` finds words and sentences, `stemming` and `analysis` give each
  word its faces for search. There is one analyser, and everything that compares words uses it.
* How it is written: `dates`, `relative_time`, `digits`, `plurals`, `lists`, `truncation`, `slugs`, `direction`.

docs/arabic.md has an example for each public function, which a test runs.
"""
