"""The two incidents of the illustration and what is disputed about each."""

from claims.actions.incident import ask_question, open_incident
from claims.management.demo.content import Item, rows, when, where
from claims.management.demo.stage import Stage
from claims.models import Incident, Question


def open_incidents(stage: Stage) -> None:
    """Both incidents, marked as illustrations, with their questions."""
    for item in rows("incidents", "incident"):
        incident = Incident.objects.filter(slug=item["slug"]).first() or _open(stage, item)
        stage.incidents[item["key"]] = incident
        for question in item["questions"]:
            stage.questions[question["key"]] = _question(stage, incident, question)


def _open(stage: Stage, item: Item) -> Incident:
    time = when(item["time"])
    texts = {name: item[name] for name in ("title_ar", "title_en", "summary_ar", "summary_en")}
    times = {"earliest_at": time["earliest"], "latest_at": time["latest"]}
    return open_incident(
        actor=stage.people["amal"],
        slug=item["slug"],
        fields={**texts, **times, **where(item["place"]), "is_illustration": True},
    )


def _question(stage: Stage, incident: Incident, item: Item) -> Question:
    found = incident.questions.filter(text_en=item["en"]).first()
    return found or ask_question(
        actor=stage.people["amal"], incident_id=incident.pk, text_ar=item["ar"], text_en=item["en"]
    )
