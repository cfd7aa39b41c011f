"""What the caller may choose, and the one sentence that a wrong choice gets."""

import pytest

from deploy.local.address import Address
from deploy.local.demo import chosen
from deploy.local.problems import Problem, told


def test_nothing_chosen_is_the_usual_demo() -> None:
    assert chosen({}) == ("beffroi.localhost", 8000, False)
    assert chosen({"PORT": "", "DEMO_DOMAIN": "", "DEMO": ""}) == ("beffroi.localhost", 8000, False)


def test_port_domain_and_walk_are_chosen_in_the_environment() -> None:
    assert chosen({"PORT": "8001", "DEMO_DOMAIN": "demo.test", "DEMO": "once"}) == ("demo.test", 8001, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "0"), ("PORT", "65536"), ("PORT", "-1"), ("PORT", "http"), ("PORT", "８０"), ("DEMO", "twice")]
    + [("DEMO_DOMAIN", domain) for domain in ("Beffroi.fr", "a..b", "-a.fr", "a b", "http://a.fr", "a.fr/", "é.fr")],
)
def test_a_wrong_choice_is_one_sentence_with_its_name_and_its_value(name: str, value: str) -> None:
    with pytest.raises(Problem) as raised:
        chosen({name: value})
    assert name in str(raised.value)
    assert value in str(raised.value)
    assert "\n" not in str(raised.value)


def test_addresses_name_the_port_unless_it_is_the_usual_one() -> None:
    assert Address(port=8001).url("eze", "/mairie/") == "http://eze.beffroi.localhost:8001/mairie/"
    assert Address(domain="demo.test", port=80).url() == "http://demo.test/"


def test_a_problem_is_told_without_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    def full() -> int:
        raise OSError(28, "No space left on device")

    def busy() -> int:
        raise Problem("Port 8000 is used.")

    assert told(lambda: 3) == 3
    assert (told(full), told(busy)) == (1, 1)
    assert capsys.readouterr().err == (
        "\nThe disk is full: free some space (1.5 GB is comfortable), then run the same command again.\n"
        "\nPort 8000 is used.\n"
    )
