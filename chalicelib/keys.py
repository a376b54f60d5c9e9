"""Every PK, SK and index string of the table `Heed`, and of the table `Ballots`.

docs/access-patterns.md is generated from the table below (`make docs`); a test compares. Who may
read and write each kind, and how long it is kept, is in kinds.py. What has a * is in `Ballots`.

| Item | PK | SK | Found by | Index |
|---|---|---|---|---|
| survey | `SURVEY#<survey>` | `SURVEY` | id | |
| all surveys | | | `list_pk = SURVEYS`, by name | listed |
| brand of all surveys | `SURVEY#~` | `BRAND` | with a survey in one call | |
| logo (TTL once there is another) | `SURVEY#~` | `LOGO#<hash>` | hash of its bytes | |
| person | `PERSON#<person>` | `PERSON` | id, with the ledger in one query | |
| letters that a person stopped | `PERSON#<person>` | `STOPPED` | id | |
| opt-out that met a conflict | `PERSON#<person>` | `OPTOUT` | id, beside the person | |
| asked (the ledger) | `PERSON#<person>` | `ASKED#<time>#<invitation>` | person since a time | |
| not asked, and why not | `PERSON#<person>` | `SILENT#<time>#<invitation>` | person | |
| asked by links of others | `PERSON#<person>` | `TICKET#<time>#<invitation>` | person | |
| outcome of a person | `PERSON#<person>` | `TOLD#<outcome>` | person | |
| entry of the directory | `PERSON#<person>` | `DIRECTORY` | id, with the ledger in one query | |
| the directory by account | | | `list_pk = PEOPLE`, `list_sk` from `<account>` on | listed |
| person as another tool knows them | `EXTERNAL#<hash>` | `EXTERNAL` | hash of tool and id | |
| invitation | `INVITE#<invitation>` | `INVITE` | id | |
| invitations of a survey by time | | | `list_pk = INVITES#<survey>` | listed |
| invitations that wait | | | `due_shard = <0..3>`, `due_at <= now` | due |
| visits to an invitation (TTL) | `INVITE#<invitation>` | `VISIT` | invitation | |
| visits that a tick looks at | | | `due_shard = <0..3>`, `due_at <= now` | due |
| when a hook's ticket changed last (TTL) | `TICKET#<hash>` | `TICKET` | hash of hook and ticket | |
| address of whoever served (TTL) | `SERVED#<invitation>` | `SERVED` | id of its invitation | |
| invitations that a person served | | | `list_pk = SERVERS#<person>` | listed |
| response | `RESPONSE#<invitation>` | `RESPONSE` | id of its invitation | |
| address to be contacted at (TTL) | `RESPONSE#<response>` | `ADDRESS` | id of its response | |
| answers with the address of a person | | | `list_pk = TYPED#<person>` | listed |
| counted responses of a survey by time | | | `list_pk = RESPONSES#<survey>` | listed |
| held responses of a survey by time | | | `list_pk = HELD#<survey>` | listed |
| dismissed responses of a survey by time | | | `list_pk = DISMISSED#<survey>` | listed |
| settling responses of a survey by time | | | `list_pk = SETTLING#<survey>` | listed |
| last change of a response | `CHANGE#<response>` | `CHANGE` | id of its response | |
| responses of a survey by last change | | | `list_pk = CHANGES#<survey>` | listed |
| responses that settle | | | `due_shard = <0..3>`, `due_at <= now` | due |
| tally | `TALLY#<survey>#<segment>#<shard>` | `<day>[!<row>]` | survey, segment, range of days | |
| month | `MONTHS#<survey>#<dimension>#<shard>` | `<month>[!<row>]#<value>` | of a dimension | |
| how many shards are open | `SHARDS#<survey>` | `SHARDS` | survey, or all surveys by the id `~` | |
| cells of a sealed survey that are shown | `CELLS#<survey>` | `CELLS` | survey | |
| groups of a confidential survey | `GROUPS#<survey>` | `GROUPS` | survey | |
| record of a look-up | `LOOKUPS#<survey>` | `<time>#<look-up>` | survey, by time | |
| task | `TASK#<response>` | `TASK` | id of its response | |
| open tasks by due time, closed ones by closing time | | | `list_pk = TASKS#<state>` | listed |
| tasks that fall due | | | `due_shard = <0..3>`, `due_at <= now` | due |
| what was seen of *Did this help?* (TTL) | `TASK#<task>` | `HELPED` | id of its task | |
| answers to it that settle | | | `due_shard = <0..3>`, `due_at <= now` | due |
| cause as it was first spelled | `CAUSES#<survey>` | `<cause, folded>` | survey and cause | |
| follow-up | `FOLLOWUP#<response>` | `FOLLOWUP` | id of its response | |
| follow-ups that wait | | | `due_shard = <0..3>`, `due_at <= now` | due |
| reminder | `REMINDER#<invitation>` | `REMINDER` | id of its invitation | |
| reminders that wait | | | `due_shard = <0..3>`, `due_at <= now` | due |
| letter (TTL) | `LETTER#<letter>` | `LETTER` | id, a hash of what it is about and to whom | |
| letters that wait | | | `due_shard = <0..3>`, `due_at <= now` | due |
| letters that have not gone, by time | | | `list_pk = LETTERS#<0..3>` | listed |
| whatever failed in five ticks, or came too late | | | `due_shard = aside` | due |
| what waits in an import that has not ended | | | `due_shard = importing` | due |
| where the sweep goes on | `SWEEP#place` | `SWEEP` | | |
| outcomes as counted by night | `SNAPSHOT#<survey>` | `OUTCOMES#<kind>#<days>` | survey, kind | |
| silent accounts as found by night | `SNAPSHOT#<survey>` | `ACCOUNTS` | survey | |
| how often snapshots were outdated | `SNAPSHOT#~` | `OUTDATED` | with a snapshot | |
| account | `ACCOUNT#<account>` | `ACCOUNT` | id | |
| all accounts | | | `list_pk = ACCOUNTS` | listed |
| contact | `ACCOUNT#<account>` | `CONTACT#<contact>` | account and id, or all of an account | |
| outcome of an account | `ACCOUNT#<account>` | `TOLD#<outcome>` | account | |
| accounts that a member owns | `OWNED#<team>` | `<member>#<account>` | team, or its member | |
| all contacts by person | | | `list_pk = CONTACTS`, `list_sk` from `<person>` on | listed |
| team, with its people | `TEAM#<team>` | `TEAM` | id | |
| whose turn it is in a team | `TURN#<team>` | `TURN` | team | |
| when a team's next digest is due | `DIGEST#<team>` | `DIGEST` | team | |
| digests that wait | | | `due_shard = <0..3>`, `due_at <= now` | due |
| all teams | | | `list_pk = TEAMS` | listed |
| report of a month | `REPORT#<survey>#<month>` | `REPORT` | survey and month | |
| reports that are being sent | | | `due_shard = <0..3>`, `due_at <= now` | due |
| outcome | `OUTCOME#<outcome>` | `OUTCOME` | id | |
| outcomes of a kind by time | | | `list_pk = OUTCOMES#<kind>` | listed |
| goal | `GOALS#<survey>` | `<goal>` | survey and id, or all of a survey | |
| hook | `HOOK#<source>#<hook>` | `HOOK` | source and id | |
| all hooks | | | `list_pk = HOOKS` | listed |
| webhook | `WEBHOOK#<webhook>` | `WEBHOOK` | id | |
| all webhooks | | | `list_pk = WEBHOOKS` | listed |
| delivery to a webhook (TTL) | `DELIVERY#<delivery>` | `DELIVERY` | id | |
| deliveries to a webhook by time | | | `list_pk = DELIVERIES#<webhook>` | listed |
| deliveries that wait | | | `due_shard = <0..3>`, `due_at <= now` | due |
| delivery of a hook (TTL) | `HOOKED#<hook>#<hash>` | `HOOKED` | hook and delivery | |
| deliveries of a hook by time | | | `list_pk = HOOKED#<hook>` | listed |
| press in Slack (TTL) | `SEEN#<source>#<delivery>` | `SEEN` | source and delivery id | |
| idempotency key (TTL) | `IDEMPOTENCY#<hash>` | `IDEMPOTENCY` | hash of both keys | |
| mail id (TTL) | `MAIL#<message>` | `MAIL` | SES message id | |
| answers of a network in a minute (TTL) | `RATE#<hash>` | `RATE` | keyed hash | |
| posture of a mail domain (TTL) | `MX#<domain>` | `MX` | domain | |
| erasure of a person | `ERASURE#<erasure>` | `ERASURE` | id, a hash of the person's | |
| erasures that are not finished | | | `list_pk = ERASURES` | listed |
| API key | `KEY#<hash>` | `KEY` | hash of the key | |
| all API keys | | | `list_pk = KEYS`, by id | listed |
| member | `MEMBER#<person>` | `MEMBER` | id of the person | |
| all members | | | `list_pk = MEMBERS`, by id | listed |
| session of a member (TTL) | `MEMBER#<person>` | `SESSION#<hash>` | hash of its id | |
| sign-in that was asked for (TTL) | `SIGNIN#<browser>` | `SIGNIN` | hash of a cookie | |
| change of what is set up (TTL) | `HISTORY#<change>` | `HISTORY` | | |
| all of them by time | | | `list_pk = HISTORY` | listed |
| block of published ballots | `BOARD#<board>` | `RELEASE#<number>` | board and number | |
| closing record | `BOARD#<board>` | `CLOSED` | board | |
| ballot, or what stays of it * | `BALLOTS#<survey>` | `BALLOT#<ballot>` | id | |
| ballot box * | `BALLOTS#<survey>` | `BOX` | survey | |
| conversation about a result * | `BALLOTS#<survey>` | `CONVERSATION#<result>` | id, or all | |
| release that is going on * | `BALLOTS#<survey>` | `PLAN` | survey | |
"""

import zlib

from chalicelib.table import Key

DUE_SHARDS = 4
SET_ASIDE, IMPORTING = "aside", "importing"  # in the place of a due shard
SURVEYS, ACCOUNTS, CONTACTS, TEAMS = "SURVEYS", "ACCOUNTS", "CONTACTS", "TEAMS"
PEOPLE, MEMBERS, HISTORY = "PEOPLE", "MEMBERS", "HISTORY"
ERASURES, HOOKS, KEYS, WEBHOOKS = "ERASURES", "HOOKS", "KEYS", "WEBHOOKS"
ANY_SURVEY = "~"  # in the place of a survey's id


def survey(survey_id: str) -> Key:
    return Key(f"SURVEY#{survey_id}", "SURVEY")


def person(person_id: str) -> Key:
    return Key(f"PERSON#{person_id}", "PERSON")


def opt_out(person_id: str) -> Key:
    """Nobody else writes it, so no conflict refuses it. Sorts between the ledger and `PERSON`."""
    return Key(f"PERSON#{person_id}", "OPTOUT")


def stopped(person_id: str) -> Key:
    """Sorts behind `PERSON`, so that it is not read with the ledger."""
    return Key(f"PERSON#{person_id}", "STOPPED")


STOPPED_KIND = "stopped_"  # what an attribute begins with; a kind of letters follows


def directory(person_id: str) -> Key:
    """Sorts between the ledger and `PERSON`, so that asking reads it in the same query."""
    return Key(f"PERSON#{person_id}", "DIRECTORY")


def asked(person_id: str, time: str, invitation_id: str) -> Key:
    return Key(f"PERSON#{person_id}", asked_since(f"{time}#{invitation_id}"))


def asked_since(time: str) -> str:
    """Sorts before `PERSON`, so that one query reads ledger and person."""
    return f"ASKED#{time}"


def asked_by_links(person_id: str, time: str, invitation_id: str) -> Key:
    """Sorts behind `PERSON`, so that links in other systems' mail are not read with the ledger."""
    return Key(f"PERSON#{person_id}", f"TICKET#{time}#{invitation_id}")


def not_asked(person_id: str, time: str, invitation_id: str) -> Key:
    return Key(f"PERSON#{person_id}", f"SILENT#{time}#{invitation_id}")


def told(person_id: str, outcome_id: str) -> Key:
    return Key(f"PERSON#{person_id}", f"TOLD#{outcome_id}")


def told_of_account(account_id: str, outcome_id: str) -> Key:
    return Key(f"ACCOUNT#{account_id}", f"TOLD#{outcome_id}")


OF_INVITATIONS = ("ASKED#", "SILENT#", "TICKET#")  # the rows that lead from a person to one
OF_OUTCOMES = "TOLD#"


def invitation(invitation_id: str) -> Key:
    return Key(f"INVITE#{invitation_id}", "INVITE")


def visit(invitation_id: str) -> Key:
    return Key(f"INVITE#{invitation_id}", "VISIT")


def invitations_of(survey_id: str) -> str:
    return f"INVITES#{survey_id}"


def served(invitation_id: str) -> Key:
    return Key(f"SERVED#{invitation_id}", "SERVED")


def served_by(person_id: str) -> str:
    return f"SERVERS#{person_id}"


def response(invitation_id: str) -> Key:
    return Key(f"RESPONSE#{invitation_id}", "RESPONSE")


def contact_of_response(response_id: str) -> Key:
    return Key(f"RESPONSE#{response_id}", "ADDRESS")


def typed_by(person_id: str) -> str:
    return f"TYPED#{person_id}"


def responses_of(survey_id: str, state: str = "counted") -> str:
    """Held and settling responses are listed apart, since no number counts them."""
    return f"{'RESPONSES' if state == 'counted' else state.upper()}#{survey_id}"


def change(response_id: str) -> Key:
    return Key(f"CHANGE#{response_id}", "CHANGE")


def changes_of(survey_id: str) -> str:
    return f"CHANGES#{survey_id}"


def task(response_id: str) -> Key:
    return Key(f"TASK#{response_id}", "TASK")


def helped(task_id: str) -> Key:
    return Key(f"TASK#{task_id}", "HELPED")


def tasks_in(state: str) -> str:
    return f"TASKS#{state}"


def cause(survey_id: str, folded: str) -> Key:
    return Key(f"CAUSES#{survey_id}", folded)


def follow_up(response_id: str) -> Key:
    return Key(f"FOLLOWUP#{response_id}", "FOLLOWUP")


def reminder(invitation_id: str) -> Key:
    return Key(f"REMINDER#{invitation_id}", "REMINDER")


def sweep() -> Key:
    return Key("SWEEP#place", "SWEEP")


def snapshot(survey_id: str, name: str) -> Key:
    return Key(f"SNAPSHOT#{survey_id}", name)


def account(account_id: str) -> Key:
    return Key(f"ACCOUNT#{account_id}", "ACCOUNT")


CONTACT_RANGE = ("CONTACT#", "CONTACT#~")


def contact(account_id: str, contact_id: str) -> Key:
    return Key(f"ACCOUNT#{account_id}", f"CONTACT#{contact_id}")


def team(team_id: str) -> Key:
    return Key(f"TEAM#{team_id}", "TEAM")


def turn(team_id: str) -> Key:
    return Key(f"TURN#{team_id}", "TURN")


def outcome(outcome_id: str) -> Key:
    return Key(f"OUTCOME#{outcome_id}", "OUTCOME")


def outcomes_of(kind: str) -> str:
    return f"OUTCOMES#{kind}"


def goal(survey_id: str, goal_id: str) -> Key:
    return Key(goals_of(survey_id), goal_id)


def goals_of(survey_id: str) -> str:
    return f"GOALS#{survey_id}"


def hook(source: str, hook_id: str) -> Key:
    return Key(f"HOOK#{source}#{hook_id}", "HOOK")


def delivered(hook_id: str, name: str) -> Key:
    return Key(f"{delivered_to(hook_id)}#{name}", "HOOKED")


def delivered_to(hook_id: str) -> str:
    return f"HOOKED#{hook_id}"


def seen(source: str, delivery_id: str) -> Key:
    return Key(f"SEEN#{source}#{delivery_id}", "SEEN")


def idempotency(digest: str) -> Key:
    return Key(f"IDEMPOTENCY#{digest}", "IDEMPOTENCY")


def mail(message_id: str) -> Key:
    return Key(f"MAIL#{message_id}", "MAIL")


def rate(digest: str) -> Key:
    return Key(f"RATE#{digest}", "RATE")


def posture(domain: str) -> Key:
    return Key(f"MX#{domain}", "MX")


def erasure(erasure_id: str) -> Key:
    return Key(f"ERASURE#{erasure_id}", "ERASURE")


def api_key(digest: str) -> Key:
    return Key(f"KEY#{digest}", "KEY")


def due_shard(item_id: str) -> str:
    return str(zlib.crc32(item_id.encode()) % DUE_SHARDS)


def bucket(listed: str, number: int) -> str:
    """A part of a list in the index `listed`. No survey's id and no state holds a `#`."""
    return f"{listed}#{number}" if number else listed


def list_in(list_pk: str) -> str:
    """Without its bucket."""
    return "#".join(list_pk.split("#")[:2])


def bucket_in(list_pk: str) -> int:
    return int(id_of(list_pk).partition("#")[2] or 0)


def id_of(pk: str) -> str:
    return pk.partition("#")[2]


def listed_by(moment: str, item_id: str) -> str:
    """The sort key of index `listed`: by time, and distinct at the same time."""
    return f"{moment}#{item_id}"


id_listed = id_of  # in the sort key of index `listed`
