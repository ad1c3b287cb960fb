from hypothesis import given
from hypothesis import strategies as st

from bulaq.delivery.page_store import PageStore


def test_a_crawler_walking_the_archive_does_not_push_out_what_is_read() -> None:
    store: PageStore[str, int] = PageStore(100_000)
    for number in range(50):
        store.put(f"read {number}", number, 1000)
    for page in range(10_000):
        store.put(f"crawled {page}", page, 1000)
        if page % 20 == 0:
            for number in range(50):
                if store.get(f"read {number}") is None:
                    store.put(f"read {number}", number, 1000)
    assert sum(store.get(f"read {number}") is not None for number in range(50)) >= 48


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 400), st.booleans()), max_size=200))
def test_the_store_never_exceeds_its_bytes_and_answers_with_the_last_value(
    steps: list[tuple[int, int, bool]],
) -> None:
    gone: list[tuple[int, int]] = []
    store: PageStore[int, tuple[int, int]] = PageStore(2000, gone.append)
    last: dict[int, tuple[int, int]] = {}
    stored = 0
    for serial, (key, size, ask) in enumerate(steps):
        if ask:
            assert store.get(key) in (None, last.get(key))
        else:
            last[key] = (serial, size)
            stored += store.put(key, last[key], size)
        assert 0 <= store.bytes <= 2000
    assert store.bytes == sum(value[1] for key in store.keys() if (value := store.get(key)))  # noqa: SIM118
    assert len(gone) == stored - len(store)


def test_what_is_larger_than_a_tenth_is_not_stored() -> None:
    store: PageStore[str, str] = PageStore(1000)
    assert store.put("small", "a", 100)
    assert not store.put("large", "b", 101)
    assert store.get("large") is None
