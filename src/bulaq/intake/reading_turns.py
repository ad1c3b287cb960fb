"""What of a pool's inputs is under way, in order: some inputs that one process reads, or one that several read in turns."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bulaq.intake.listing import Listed
from bulaq.intake.reader import TURN
from bulaq.intake.reading_process import Read, nothing_more


@dataclass(eq=False)
class Chunk:
    """Inputs, or a lane of one, that are handed to a process at once."""

    inputs: list[Listed]
    ready: deque[Read] = field(default_factory=deque)
    done: bool = False
    failed: int = 0
    """How often processes stopped over what comes next, in one input: after `tries` of them that input is refused."""
    tries: int = 2

    @property
    def in_turn(self) -> Chunk:
        """Of whose articles the next one comes."""
        return self

    @property
    def chunks(self) -> list[Chunk]:
        return [self]

    def take(self) -> Iterator[Read]:
        """What is ready."""
        while self.ready:
            yield self.ready.popleft()

    def heard(self, message: list[Read]) -> None:
        """Takes in what a process handed back."""
        self.ready.extend(message)
        self.inputs = _left(self.inputs, message)
        if message:  # it came further: what stopped it before does not
            self.failed = 0


class Lanes:
    """One large input that several processes read, each in its turns: the lane that ends in its turn ends the input."""

    def __init__(self, given: Listed, number: int) -> None:
        self.chunks = [Chunk([replace(given, lane=(lane, number))], tries=3) for lane in range(number)]
        self.done = False
        self._given = given
        self._turn = 0
        self._ordinal = given.start
        self._held: Read | None = None

    @property
    def in_turn(self) -> Chunk:
        """The lane of whose articles the next one comes."""
        return self.chunks[self._turn]

    @property
    def ready(self) -> deque[Read]:
        """What can be taken at once, and more perhaps."""
        return self.in_turn.ready

    def take(self) -> Iterator[Read]:
        """What is ready, numbered through; the last one is held back until it is known whether it is that."""
        while not self.done and (self.ready or self.in_turn.done):
            if not self.ready:
                self.done = True
                key = self._given.key
                held = self._held or Read(key, self._ordinal, nothing_more(key), True)
                yield replace(held, ends_source=True)
                return
            read = self.ready.popleft()
            if read.item == TURN:
                self._turn = (self._turn + 1) % len(self.chunks)
                continue
            if self._held is not None:
                yield self._held
            self._held = replace(read, ordinal=self._ordinal)
            self._ordinal += 1


def _left(inputs: list[Listed], message: list[Read]) -> list[Listed]:
    """The inputs of a chunk that are not finished after a message, the first of them from where it stands."""
    ended = {read.key for read in message if read.ends_source}
    left = [given for given in inputs if given.key not in ended]
    if left and message and message[-1].key == left[0].key:
        come = message[-1].ordinal + 1
        left[0] = left[0].starting_at(come) if left[0].lane == (0, 1) else replace(left[0], taken=come)
    return left
