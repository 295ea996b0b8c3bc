"""A site of its own for every command."""

from pathlib import Path

import house
import pytest
from house import Site


@pytest.fixture
def site(tmp_path: Path, compiled_words: None) -> Site:  # noqa: ARG001 - the screens speak Chinese
    """A finished site in this test's own folder."""
    return house.copy(house.made_once(), tmp_path / "site")
