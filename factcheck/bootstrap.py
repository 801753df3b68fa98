"""Makes the environment that `manage.py` runs in. Standard library only: nothing else is installed yet.

One folder, `.venv`, holds one of three nested locks: what the embedded default needs, what production adds,
what the tests add. A stamp says which lock is in it; a lower need never reinstalls a higher one, so `start`
and `test` may alternate. A virtual environment of the user's own is never touched, nor a `.venv` that this
module did not make.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

BASE_DIR = Path(__file__).resolve().parent.parent
VENV = BASE_DIR / ".venv"
STAMP = VENV / "factcheck-stamp.json"
BEGAN = "FACTCHECK_BEGAN"  # when the command was typed: it is replaced by one inside .venv before it runs
LOCKS = ["requirements.txt", "requirements-prod.txt", "requirements-dev.txt"]  # each holds the one before it


class NotReady(Exception):
    """The environment cannot be made; the text says why and what to do."""


def ensure(argv: list[str]) -> None:
    """Leave this process inside an environment that holds what the command needs, or exit saying why not.

    Returns only when the process may go on as it is; otherwise the process is replaced by one inside `.venv`.
    """
    try:
        if in_an_environment():
            return
        if needs_install(lock_needed(argv)):
            with only_one_installer():
                lock = lock_needed(argv)  # read again: whoever held the lock may have installed it
                if needs_install(lock):
                    install(lock)
    except NotReady as why:
        say(str(why))
        raise SystemExit(1) from None
    except OSError as error:
        say(f"The environment cannot be made in {VENV}: {error}.\n{own_environment()}")
        raise SystemExit(1) from None
    become(venv_python(), argv)


def in_an_environment() -> bool:
    """True inside any virtual environment, the user's or ours, or where the operator says one is ready."""
    given = os.environ.get("FACTCHECK_NO_BOOTSTRAP") or os.environ.get("VIRTUAL_ENV")
    return bool(given) or sys.prefix != sys.base_prefix


# ---------------------------------------------------------------- what is needed, and what is there


def lock_needed(argv: list[str]) -> str:
    """The smallest lock that serves this command, and never less than the one already installed."""
    wanted = 2 if "test" in argv[1:2] else 1 if production_parts() else 0
    there = LOCKS.index(read_stamp()["lock"]) if read_stamp()["lock"] in LOCKS else 0
    return LOCKS[max(wanted, there)]


def production_parts() -> bool:
    """True where a variable switches on a part that only the production lock carries."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres") or bool(os.environ.get("S3_BUCKET"))


def needs_install(lock: str) -> bool:
    """True unless `.venv` holds this lock, made by this interpreter, or belongs to the user."""
    if VENV.exists() and not STAMP.exists():
        if not venv_python().exists():
            raise NotReady(f"{VENV} holds no Python, and manage.py did not make it. Remove it and try again.")
        return False
    there = read_stamp()
    return (there["lock"], there["sha256"]) != (lock, digest(lock)) or not venv_python().exists()


def read_stamp() -> dict[str, str]:
    """What `.venv` was last filled with: lock and digest, both empty while that is unfinished, and its Python."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        stamp = {}
    return {key: str(stamp.get(key, "")) for key in ("lock", "sha256", "python")}


def claim() -> None:
    """Mark `.venv` as ours and unfinished before anything is put there: a kill half way leaves no riddle.

    What another Python left is removed: packages of one cannot serve the other.
    """
    if VENV.exists() and read_stamp()["python"] != sys.version:
        shutil.rmtree(VENV)
    VENV.mkdir(exist_ok=True)
    write_stamp("", "")


def write_stamp(lock: str, sha256: str) -> None:
    """Record what `.venv` holds."""
    STAMP.write_text(json.dumps({"lock": lock, "sha256": sha256, "python": sys.version}) + "\n")


def digest(lock: str) -> str:
    """One hash for the lock and the interpreter: either changing asks for a new installation."""
    return hashlib.sha256((BASE_DIR / lock).read_bytes() + sys.version.encode()).hexdigest()


# ---------------------------------------------------------------- making it


def install(lock: str) -> None:
    """Fill `.venv` from the lock: by uv where it works, else by pip."""
    started = time.monotonic()
    n_packages = sum(1 for line in (BASE_DIR / lock).read_text().splitlines() if "==" in line.split("#")[0])
    say(f"Installing {n_packages} packages from {lock} into {VENV.name} (once, about a minute) ...")
    claim()
    if not with_uv(lock):
        with_pip(lock)
    write_stamp(lock, digest(lock))
    say(f"Environment ready after {time.monotonic() - started:.0f} s.")


def with_uv(lock: str) -> bool:
    """True when uv filled `.venv`. False on any failure: uv may refuse a certificate that pip accepts."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    make = [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(VENV)]
    fill = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(venv_python()), lock]
    for command in [fill] if venv_python().exists() else [make, fill]:
        if (
            subprocess.run(command, cwd=BASE_DIR, env=trusting_the_system(), stdout=sys.stderr).returncode
            != 0
        ):
            say("uv did not manage; trying pip.")
            return False
    return True


def trusting_the_system() -> dict[str, str]:
    """The environment for uv, which brings its own list of authorities: behind a proxy the system's is right."""
    return {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true", **os.environ}


def with_pip(lock: str) -> None:
    """Fill `.venv` with pip. Raises NotReady when there is no way to, or when pip fails."""
    pip = [str(venv_python()), "-m", "pip"]
    if not works([*pip, "--version"]):
        pip = make_venv(pip)
    # Compiling everything takes a third of the time, and most of it is never imported.
    options = ["--no-compile", "--disable-pip-version-check", "--no-input", "-qq", "--progress-bar=off"]
    exactly = ["--require-hashes", "--no-deps", "--only-binary=:all:", "-r", lock]
    done = subprocess.run([*pip, "install", *options, *exactly], cwd=BASE_DIR, stdout=sys.stderr)
    if done.returncode != 0:
        raise NotReady(
            f"pip could not install {lock}; its own words are above. Mend that and run this again."
        )


def make_venv(pip: list[str]) -> list[str]:
    """Create an empty `.venv`; returns the command that runs pip for it, the given one or the system's."""
    without_pip = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    shutil.rmtree(VENV, ignore_errors=True)
    if without_pip and not importlib.util.find_spec("pip"):
        raise NotReady(no_ensurepip())
    claim()
    if not works([sys.executable, "-m", "venv", *without_pip, str(VENV)]):
        shutil.rmtree(VENV, ignore_errors=True)
        raise NotReady(no_ensurepip())
    return [sys.executable, "-m", "pip", "--python", str(venv_python())] if without_pip else pip


def no_ensurepip() -> str:
    """What to do where Python comes without the means to make an environment, as on Debian and Ubuntu."""
    version = ".".join(map(str, sys.version_info[:2]))
    return (
        f"This Python ({sys.executable}) cannot make virtual environments. On Debian and Ubuntu:\n\n"
        f"    apt install python{version}-venv\n\n"
        f"then run the same command again. {own_environment()}"
    )


def own_environment() -> str:
    """The way round this module, for whoever prefers to make the environment."""
    return (
        "Or activate an environment of your own and `pip install --require-hashes -r requirements.txt` there."
    )


@contextlib.contextmanager
def only_one_installer() -> Iterator[None]:
    """Hold the installation lock; a second caller waits, saying so."""
    with (BASE_DIR / ".venv.lock").open("a+") as held:
        take(held)
        yield


def take(held: IO[str]) -> None:
    """Lock an open file for this process until it is closed."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another command is making the environment; waiting for it ...")
        fcntl.flock(held, fcntl.LOCK_EX)


# ---------------------------------------------------------------- running in it


def venv_python() -> Path:
    """The interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def become(python: Path, argv: list[str]) -> None:
    """Replace this process by the same command inside `.venv`."""
    command = [str(python), *argv]
    if os.name == "nt":
        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)


def works(command: list[str]) -> bool:
    """True when the command can be run and ends well; what it prints is dropped."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def explain_missing(error: ModuleNotFoundError, argv: list[str]) -> str:
    """What to type when a package is missing from an environment that is not ours to change."""
    lock = "requirements-dev.txt" if "test" in argv[1:2] else "requirements.txt"
    missing = f"The package '{error.name}' is missing from the environment in {sys.prefix}"
    if Path(sys.prefix) == VENV and STAMP.exists():
        return f"{missing}.\nRemove that folder and run the same command again: manage.py makes it anew."
    return (
        f"{missing}, which manage.py did not make and does not change. Install what Factcheck needs:\n\n"
        f"    {sys.executable} -m pip install --require-hashes -r {lock}\n\n"
        f"or leave the environment (deactivate) and run the same command again: manage.py then makes its own."
    )


def is_about_settings(error: Exception) -> bool:
    """True for what settings say about a variable: the sentence is for whoever set it, the traceback for nobody."""
    return type(error).__name__ in {"ImproperlyConfigured", "EnvValidationError", "EnvError"}


def explain_setting(error: Exception) -> str:
    """What settings said, and where their meaning stands."""
    return f"Factcheck cannot run with these settings: {error}\nWhat each one does: docs/operators.md"


def say(text: str) -> None:
    """One line of progress, on stderr so that a command's output stays clean."""
    print(text, file=sys.stderr, flush=True)
