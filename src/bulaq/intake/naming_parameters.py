"""Which parameters of an old site's addresses name its articles, learned from the addresses themselves.

A program that shows an article is told which by one of its parameters: `/details.php?kalam=55&lang=ar&cat=3`. Over an
archive the values of that one lead to one article each, whatever it is called; those of the others return with other
articles (a language, a section, a page of a list).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

ENOUGH = 5
"""Articles of a program after which its parameters are judged."""
SURE = 0.95
"""The share of a naming parameter's uses whose value led to no other article."""
REMEMBERED = 2_000
"""Articles of one program that are looked at: what names them all is plain by then."""
MOST_PROGRAMS = 500
MOST_PARAMETERS = 100
"""Of one program: more are names made up for each request (`?55-a-title`)."""


@dataclass(slots=True)
class _Parameter:
    articles: dict[str, int] = field(default_factory=dict)
    """Value → the article that it was first met with."""
    uses: int = 0
    returns: int = 0
    """Uses whose value was met with another article before."""


@dataclass(slots=True)
class NamingParameters:
    """What has been learned of the programs (paths) of one archive; memory is bounded."""

    _programs: dict[str, dict[str, _Parameter]] = field(default_factory=dict)

    def observe(self, article: int, path: str, parameters: Iterable[tuple[str, str]]) -> None:
        """`article` answered at `path` with these parameters. What was told before of it adds nothing."""
        program = self._programs.get(path)
        if program is None:
            if len(self._programs) >= MOST_PROGRAMS:
                return
            program = self._programs[path] = {}
        for name, value in parameters:
            parameter = program.get(name)
            if parameter is None:
                if not value or len(program) >= MOST_PARAMETERS:
                    continue
                parameter = program[name] = _Parameter()
            first = parameter.articles.get(value)
            if first == article or parameter.uses >= REMEMBERED:
                continue
            parameter.uses += 1
            if first is None:
                parameter.articles[value] = article
            else:
                parameter.returns += 1

    def names(self, path: str, parameter: str) -> bool | None:
        """Whether the parameter alone tells which article is meant at `path`; None where too few were seen."""
        seen = self._programs.get(path, {}).get(parameter)
        if seen is None or seen.uses < ENOUGH:
            return None
        return seen.returns <= (1 - SURE) * seen.uses
