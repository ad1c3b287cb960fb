import pytest
from edge_site import Site


@pytest.fixture
def site() -> Site:
    return Site()
