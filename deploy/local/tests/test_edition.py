"""Kept data that no migration leads from is not served: the demo starts over."""

from pathlib import Path

import pytest

from deploy.local.demo import renew
from deploy.local.edition import edition, is_kept, vouch
from deploy.local.problems import Problem

ONE, TWO = {"tenants/migrations/0001_initial.py": "a"}, {"tenants/migrations/0002_more.py": "b"}


def test_data_that_nothing_vouches_for_is_not_kept(tmp_path: Path) -> None:
    assert not is_kept(tmp_path, ONE)
    (tmp_path / "edition.json").write_text("half writ")
    assert not is_kept(tmp_path, ONE)


@pytest.mark.parametrize("now", [{}, {"tenants/migrations/0001_initial.py": "rewritten"}])
def test_a_migration_that_is_gone_or_rewritten_leads_nowhere(tmp_path: Path, now: dict[str, str]) -> None:
    vouch(tmp_path, ONE)
    assert not is_kept(tmp_path, now)


def test_migrations_that_follow_bring_the_data_up_to_date(tmp_path: Path) -> None:
    vouch(tmp_path, ONE)
    assert is_kept(tmp_path, ONE | TWO)


def test_the_clone_has_a_first_migration_for_each_part_with_tables() -> None:
    assert {"tenants", "modules", "platform"} <= {name.split("/")[0] for name in edition()}


def test_a_database_of_somebody_elses_is_not_started_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody/else")
    (tmp_path / "secret-key").write_text("kept")
    with pytest.raises(Problem, match="DATABASE_URL"):
        renew(tmp_path)
    assert (tmp_path / "secret-key").read_text() == "kept"
