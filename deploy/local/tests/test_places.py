"""Where servers keep their files, and who may be there."""

import os
import stat
from pathlib import Path

import pytest

from deploy.local.account import Account
from deploy.local.locks import Shared, held, taken
from deploy.local.places import SOCKET_PATH_LIMIT, fits, place_for, private_folder
from deploy.local.problems import Problem

SELF = Account(os.geteuid(), os.getegid())


def test_an_ordinary_users_servers_stay_in_the_clone(tmp_path: Path) -> None:
    place = place_for("demo", SELF, clone=tmp_path)
    assert place.home == tmp_path / ".local/servers/demo"
    assert stat.S_IMODE(place.base.stat().st_mode) == 0o700


def test_sockets_leave_a_clone_whose_path_is_too_long_for_them(tmp_path: Path) -> None:
    clone = tmp_path / ("très long " * 12)
    clone.mkdir()
    place = place_for("demo", SELF, clone=clone)
    assert clone not in place.sockets.parents
    assert fits(place.sockets)
    assert not fits(Path("/" + "a" * SOCKET_PATH_LIMIT))


def test_two_clones_never_share_a_place(tmp_path: Path) -> None:
    other = Account(SELF.uid + 1, SELF.gid)
    places = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        places.append(place_for("demo", other, clone=tmp_path / name, system_base=tmp_path / "system"))
    assert places[0].home != places[1].home
    assert all(tmp_path / "system" in place.home.parents for place in places)


def test_a_folder_that_another_user_prepared_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    with pytest.raises(Problem, match="another user"):
        private_folder(tmp_path / "theirs" / "..", Account(SELF.uid + 1, SELF.gid))
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    with pytest.raises(Problem, match="another user"):
        private_folder(tmp_path / "link", SELF)


def test_a_private_folder_is_closed_to_others_again(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o755)
    private_folder(tmp_path / "home", SELF)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_a_lock_is_taken_by_one_and_free_once_its_holder_is_gone(tmp_path: Path) -> None:
    first = taken(tmp_path / "lock")
    assert first is not None
    assert taken(tmp_path / "lock") is None
    first.close()
    second = taken(tmp_path / "lock")
    assert second is not None
    second.close()


def test_the_last_one_who_leaves_knows_it(tmp_path: Path) -> None:
    one, two = Shared(tmp_path / "users"), Shared(tmp_path / "users")
    assert not one.leave()
    assert two.leave()


def test_a_held_lock_keeps_the_others_out(tmp_path: Path) -> None:
    with held(tmp_path / "gate"):
        assert taken(tmp_path / "gate") is None
