import ast
from pathlib import Path

import pytest

from deploy.local.problems import Problem
from deploy.skeleton.__main__ import lay, words

MODULE_FILES = {"manifest.py", "models.py", "queries.py", "actions.py", "forms.py", "views.py", "urls.py", "rest.py",
                "hooks.py", "apps.py", "__init__.py"}  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [{}, {"name": "Reports"}, {"name": "../news"}, {"name": "reports", "segment": "Été"},
     {"name": "reports", "label": 'a"b'}],
)  # fmt: skip
def test_words_that_cannot_name_a_module_are_refused(typed: dict[str, str]) -> None:
    with pytest.raises(Problem):
        words(typed)


def test_a_module_that_exists_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        lay(tmp_path, words({"name": "news"}))


def test_what_is_laid_down_has_the_shape_of_a_module_and_parses(tmp_path: Path) -> None:
    target = tmp_path / "noise_reports"
    written = lay(target, words({"name": "noise_reports", "label": "Bruit", "segment": "bruit"}))
    assert {path.name for path in written if path.parent == target} == MODULE_FILES
    assert (target / "templates/noise_reports/list.html").exists()
    for path in written:
        text = path.read_text()
        assert "$" not in text
        if path.suffix == ".py":
            ast.parse(text)
    assert "class NoiseReport(CommuneModel)" in (target / "models.py").read_text()
