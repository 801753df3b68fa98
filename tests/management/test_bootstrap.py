"""The environment that manage.py makes for itself. A real installation is timed by .ci/run, which starts from none."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck import bootstrap

ROOT = bootstrap.BASE_DIR


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An empty checkout with three locks, in a Python that is in no environment."""
    for lock in bootstrap.LOCKS:
        (tmp_path / lock).write_text(f"# {lock}\nexample==1\n")
    for name, path in {"BASE_DIR": "", "VENV": ".venv", "STAMP": ".venv/factcheck-stamp.json"}.items():
        monkeypatch.setattr(bootstrap, name, tmp_path / path)
    for name in ("VIRTUAL_ENV", "FACTCHECK_NO_BOOTSTRAP", "DATABASE_URL", "S3_BUCKET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(bootstrap.sys, "prefix", sys.base_prefix)
    return tmp_path


def pretend_installed(lock: str) -> None:
    bootstrap.claim()
    bootstrap.venv_python().parent.mkdir(parents=True, exist_ok=True)
    bootstrap.venv_python().touch()
    bootstrap.write_stamp(lock, bootstrap.digest(lock))


def test_it_uses_the_standard_library_only():
    modules = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(Path(bootstrap.__file__).read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        )
    }
    assert modules <= sys.stdlib_module_names


def test_manage_py_still_parses_on_an_old_python_to_say_so():
    ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 5))


def test_importing_the_project_needs_nothing_installed():
    code = "import factcheck.bootstrap, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT).returncode == 0


@pytest.mark.parametrize("name", ["VIRTUAL_ENV", "FACTCHECK_NO_BOOTSTRAP"])
def test_an_environment_of_the_users_own_is_left_alone(checkout, monkeypatch, name):
    monkeypatch.setenv(name, "/somewhere")
    bootstrap.ensure(["manage.py", "start"])
    assert not (checkout / ".venv").exists()


def test_a_dot_venv_made_by_somebody_else_is_used_as_it_is(checkout):
    (checkout / ".venv/bin").mkdir(parents=True)
    bootstrap.venv_python().touch()
    assert not bootstrap.needs_install("requirements.txt")


def test_a_dot_venv_without_python_is_not_overwritten(checkout):
    (checkout / ".venv").mkdir()
    with pytest.raises(bootstrap.NotReady, match="Remove it"):
        bootstrap.needs_install("requirements.txt")


def test_start_after_test_and_test_after_start_install_once(checkout):
    pretend_installed("requirements.txt")
    assert bootstrap.lock_needed(["manage.py", "test"]) == "requirements-dev.txt"
    pretend_installed("requirements-dev.txt")
    for command in ("start", "test"):
        assert not bootstrap.needs_install(bootstrap.lock_needed(["manage.py", command]))


def test_production_parts_ask_for_the_production_lock(checkout, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db/factcheck")
    assert bootstrap.lock_needed(["manage.py", "start"]) == "requirements-prod.txt"


def test_a_changed_lock_is_installed_again(checkout):
    pretend_installed("requirements.txt")
    (checkout / "requirements.txt").write_text("example==2\n")
    assert bootstrap.needs_install("requirements.txt")


def test_another_python_starts_from_an_empty_folder(checkout, monkeypatch):
    pretend_installed("requirements.txt")
    monkeypatch.setattr(bootstrap.sys, "version", "3.99")
    assert bootstrap.needs_install("requirements.txt")
    bootstrap.claim()
    assert not bootstrap.venv_python().exists()


def test_an_installation_cut_short_is_done_again(checkout):
    pretend_installed("requirements.txt")
    bootstrap.claim()
    assert json.loads(bootstrap.STAMP.read_text())["sha256"] == ""
    assert bootstrap.needs_install("requirements.txt")


def test_without_the_means_to_make_one_it_names_the_package_and_leaves_nothing(checkout, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        bootstrap.ensure(["manage.py", "start"])
    assert "apt install python3." in capsys.readouterr().err
    assert not (checkout / ".venv").exists()


def test_locks_are_nested_so_that_one_environment_serves_all():
    def pins(lock: str) -> set[str]:
        lines = (ROOT / lock).read_text().splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))}

    runtime, production, development = (pins(lock) for lock in bootstrap.LOCKS)
    assert runtime < production < development
