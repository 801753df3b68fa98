"""Who may do what, as tables: role by action, state by action; and the queryset that says the same as the rule."""

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.models import Claim, Role, User, WorkState
from claims.rules import claim as claim_rules
from claims.rules import evidence as evidence_rules
from claims.rules import publish as publish_rules
from claims.rules import role as role_rules
from claims.rules import verdict as verdict_rules
from tests import make

pytestmark = pytest.mark.django_db
PEOPLE = ["nobody", "editor", "reviewer", "admin", "closed"]


@pytest.fixture
def people():
    closed = make.user("closed")
    closed.is_active = False
    closed.save()
    return {
        "nobody": AnonymousUser(),
        "editor": make.user("amal"),
        "reviewer": make.user("basim", Role.REVIEWER),
        "admin": make.user("huda", Role.ADMIN),
        "closed": closed,
    }


def who_may(rule, people, *about):
    return {name for name in PEOPLE if rule(people[name], *about) is None}


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (role_rules.may_use_desk, {"editor", "reviewer", "admin"}),
        (role_rules.may_write, {"editor", "reviewer"}),
        (role_rules.may_review, {"reviewer"}),
        (role_rules.may_administer, {"admin"}),
        (role_rules.may_edit_sources, {"editor", "reviewer", "admin"}),
    ],
)
def test_roles(people, rule, allowed):
    assert who_may(rule, people) == allowed


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (claim_rules.may_view_claim, {"editor", "reviewer", "admin"}),
        (claim_rules.may_edit_claim, {"editor", "reviewer"}),
        (claim_rules.may_comment, {"editor", "reviewer", "admin"}),
        (evidence_rules.may_attach, {"editor", "reviewer"}),
        (verdict_rules.may_propose, {"editor", "reviewer"}),
    ],
)
def test_an_open_claim(people, rule, allowed):
    assert who_may(rule, people, make.a_checkable_claim(people["editor"])) == allowed


def test_a_submitted_verdict_is_decided_by_a_reviewer_without_a_hand_in_it(people):
    row = make.submitted(people["editor"], make.a_checkable_claim(people["editor"]))
    assert who_may(verdict_rules.may_decide, people, row) == {"reviewer"}
    make_contributor(people["reviewer"], row)
    assert who_may(verdict_rules.may_decide, people, row) == set()


def make_contributor(who, row):
    row.claim.contributions.create(round=row.round, user=who)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "published", "superseded", "withdrawn"])
def test_only_an_approved_revision_is_published(people, state):
    row = make.a_draft(people["editor"], make.a_checkable_claim(people["editor"]))
    row.state = state
    assert who_may(publish_rules.may_publish, people, row) == set()


def test_an_approved_revision_is_published_by_a_reviewer(people):
    row = make.a_draft(people["editor"], make.a_checkable_claim(people["editor"]))
    row.state = "approved"
    assert who_may(publish_rules.may_publish, people, row) == {"reviewer"}


@pytest.mark.parametrize("state", WorkState.values)
@pytest.mark.parametrize("name", PEOPLE)
def test_the_queryset_and_the_rule_say_the_same(people, name, state):
    made = make.a_claim(people["editor"])
    Claim.objects.filter(pk=made.pk).update(work_state=state)
    made.refresh_from_db()
    seen = Claim.objects.visible_to(people[name]).filter(pk=made.pk).exists()
    assert seen == (claim_rules.may_view_claim(people[name], made) is None)


@pytest.mark.parametrize(
    ("state", "by_hand"),
    [
        ("new", True),
        ("open", True),
        ("on_hold", True),
        ("rejected", True),
        ("in_review", False),
        ("decided", False),
    ],
)
def test_states_that_follow_from_a_verdict_are_not_set_by_hand(people, state, by_hand):
    made = make.a_claim(people["editor"])
    assert (claim_rules.may_set_work_state(people["editor"], made, state) is None) == by_hand


@pytest.mark.parametrize(
    ("sources", "independent"),
    [
        (["A"], 1),
        (["A", "B"], 2),
        ([], 0),
    ],
)
def test_independent_origins_count_distinct_known_ones(people, sources, independent):
    made = make.a_claim(people["editor"])
    for name in sources:
        made = make.a_chain(people["editor"], made, make.a_source(people["editor"], name))
    assert verdict_rules.origins_of(made).independent == independent


def test_a_relay_never_raises_the_count(people):
    amal = people["editor"]
    origin = make.a_source(amal, "Origin")
    made = make.a_chain(amal, make.a_claim(amal), origin)
    for name in ("R1", "R2", "R3"):
        made = make.a_chain(amal, made, make.a_source(amal, name), origin)
    found = verdict_rules.origins_of(made)
    assert (found.independent, found.outlets) == (1, 4)


def test_an_unnamed_source_is_no_origin_and_a_denial_asserts_nothing(people):
    amal = people["editor"]
    made = make.a_chain(amal, make.a_claim(amal), make.a_source(amal, "local sources", kind="unnamed"))
    made = make.a_chain(amal, made, make.a_source(amal, "Ministry"), stance="denies")
    assert verdict_rules.origins_of(made).independent == 0


def test_two_sources_of_one_owner_are_one_voice(people):
    amal = people["editor"]
    owner = make.a_source(amal, "Ministry of Information")
    made = make.a_claim(amal)
    for name in ("Agency", "Television"):
        made = make.a_chain(amal, made, make.a_source(amal, name, parent_id=owner.pk))
    assert verdict_rules.origins_of(made).independent == 1


def test_an_officer_and_the_ministry_two_steps_above_are_one_voice(people):
    amal = people["editor"]
    ministry = make.a_source(amal, "Ministry of Defence")
    centre = make.a_source(amal, "Reconciliation Centre", parent_id=ministry.pk)
    officer = make.a_source(amal, "Oleg Yegorov", parent_id=centre.pk)
    made = make.a_claim(amal)
    for voice in (officer, ministry):
        made = make.a_chain(amal, made, voice)
    assert verdict_rules.origins_of(made).independent == 1


def test_the_system_user_never_signs_in(client):
    from claims.actions.person import system_user

    system = system_user()
    assert not system.has_usable_password()
    assert role_rules.may_use_desk(User.objects.get(pk=system.pk)).code == "inactive"
