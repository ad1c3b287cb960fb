"""A store bounded in bytes that keeps what is asked for again, and is not swept out by a crawler walking the archive.

S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023): a small queue on probation, a main
queue, and a memory of names lately thrown out. A page asked for once leaves through the small queue and takes nothing
else with it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_SMALL_SHARE = 0.1
_MOST_COUNTED = 3


class _Slot(Generic[V]):
    __slots__ = ("count", "size", "value")

    def __init__(self, value: V, size: int) -> None:
        self.value = value
        self.size = size
        self.count = 0


class PageStore(Generic[K, V]):
    """Values by key, at most ``capacity`` bytes of them by the sizes given to `put`. Safe to use from many threads.

    ``on_evict`` is called, under no lock, with each value that leaves (thrown out, replaced or removed).
    """

    def __init__(self, capacity: int, on_evict: Callable[[V], None] | None = None) -> None:
        self.capacity = capacity
        self._small: OrderedDict[K, _Slot[V]] = OrderedDict()
        self._main: OrderedDict[K, _Slot[V]] = OrderedDict()
        self._ghosts: OrderedDict[K, None] = OrderedDict()
        self._small_bytes = 0
        self._main_bytes = 0
        self._on_evict = on_evict
        self._lock = threading.Lock()

    @property
    def bytes(self) -> int:
        """What is stored now, by the sizes given."""
        return self._small_bytes + self._main_bytes

    def __len__(self) -> int:
        return len(self._small) + len(self._main)

    def keys(self) -> Iterator[K]:
        """The keys at this moment."""
        with self._lock:
            return iter([*self._small, *self._main])

    def get(self, key: K) -> V | None:
        """The value, counted as asked for."""
        slot = self._small.get(key) or self._main.get(key)
        if slot is None:
            return None
        if slot.count < _MOST_COUNTED:
            slot.count += 1
        return slot.value

    def put(self, key: K, value: V, size: int) -> bool:
        """Stores the value in place of an older one; False when it alone is larger than a tenth of the store."""
        gone: list[V] = []
        with self._lock:
            count = self._remove(key, gone)
            stored = size <= max(self.capacity // 10, 1)
            if stored:
                slot = _Slot(value, size)
                if count is not None or self._ghosts.pop(key, 0) is None:
                    slot.count = count or 0
                    self._main[key] = slot
                    self._main_bytes += size
                else:
                    self._small[key] = slot
                    self._small_bytes += size
                while self._small_bytes + self._main_bytes > self.capacity:
                    self._evict(gone)
        self._tell(gone)
        return stored

    def remove(self, key: K) -> None:
        """Forgets the key."""
        gone: list[V] = []
        with self._lock:
            self._remove(key, gone)
        self._tell(gone)

    def _remove(self, key: K, gone: list[V]) -> int | None:
        """The count of the slot removed from the main queue or known in the small one, None when it was not there."""
        slot = self._small.pop(key, None)
        if slot is not None:
            self._small_bytes -= slot.size
        else:
            slot = self._main.pop(key, None)
            if slot is None:
                return None
            self._main_bytes -= slot.size
        gone.append(slot.value)
        return slot.count

    def _evict(self, gone: list[V]) -> None:
        if self._small and (self._small_bytes > self.capacity * _SMALL_SHARE or not self._main):
            key, slot = self._small.popitem(last=False)
            self._small_bytes -= slot.size
            if slot.count > 0:
                slot.count = 0
                self._main[key] = slot
                self._main_bytes += slot.size
                return
            gone.append(slot.value)
            self._ghosts[key] = None
            while len(self._ghosts) > len(self._main) + len(self._small) + 1000:
                self._ghosts.popitem(last=False)
            return
        key, slot = self._main.popitem(last=False)
        if slot.count > 0:
            slot.count -= 1
            self._main[key] = slot
            return
        self._main_bytes -= slot.size
        gone.append(slot.value)

    def _tell(self, gone: list[V]) -> None:
        if self._on_evict is not None:
            for value in gone:
                self._on_evict(value)
