"""The image and compose.yaml agree with the settings and give nothing away."""

import re

import yaml

from tests.house.source import ROOT
from tests.house.test_settings import variables

TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(TEXT)["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "factcheck"]


def test_one_image_runs_every_part_of_ours():
    assert {"prepare", "web", "worker", "beat"} <= set(OURS)


def test_the_programs_get_only_settings_that_exist():
    for name in OURS:
        assert set(SERVICES[name]["environment"]) - variables() == set()


def test_no_secret_has_a_default():
    secrets = re.findall(r"\$\{(\w*(?:KEY|PASSWORD|SECRET)\w*)(:\?|:-)(.?)", TEXT)
    assert {name for name, how, default in secrets if how == ":-" and default != "}"} == set()
    assert {"SECRET_KEY", "POSTGRES_PASSWORD", "S3_ACCESS_KEY", "S3_SECRET_KEY"} <= {
        name for name, how, _ in secrets if how == ":?"
    }


def test_every_required_variable_stands_in_the_example_file():
    example = (ROOT / ".env.example").read_text()
    assert [name for name in set(re.findall(r"\$\{(\w+):\?", TEXT)) if f"\n{name}=" not in example] == []


def test_only_the_web_server_is_reachable_and_only_from_this_machine():
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(ports) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])


def test_the_image_is_built_in_two_stages_and_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("FROM python:3.13-slim")]
    users = [number for number, line in enumerate(lines) if line.startswith("USER factcheck")]
    assert len(starts) == 2
    assert users and users[0] > starts[1]
    assert any(line.startswith("HEALTHCHECK") for line in lines)
