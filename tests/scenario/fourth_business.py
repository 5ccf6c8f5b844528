"""A business that nothing in the code and no example knows: a public library, in YAML and one prompt."""

from pathlib import Path

__all__ = ["MEMBERS", "STORE", "SUITE", "write"]

STORE = {
    "agent_store/identities/member.yaml": """\
name: member
description: Who is a member, by card number and birthday.
book: members
id: card
attributes: [branch]
parts:
  - name: card_number
    kind: digits
    digits: 6
    field: card
    description: The six digits on the library card, as said.
    texts: {en: {ask: What is the number on your card?, again: "Please say the six digits of your card one by one."}}
  - name: birthday
    kind: date
    secret: true
    description: The day of birth, as said.
    texts: {en: {ask: When were you born?, again: "Please say the day, the month and the year of your birth."}}
texts:
  en:
    not_found: I'm sorry, that does not fit together.
    locked: I'm sorry, I can't find you.
    person: {ask: "Shall I connect you with a librarian?", again: "A librarian, yes or no?"}
    otherwise: Is there anything else?
""",
    "agent_store/books/members.yaml": """\
name: members
kind: file
path: BOOK_MEMBERS
id: card
""",
    "agent_store/forms/renewal.yaml": """\
name: renewal
description: A member would like to keep a book for longer.
number: "RN-{random:6}"
requires: member
tools:
  record_description: Record what the member says about renewing a book that they have borrowed.
parts: [what]
texts:
  en:
    correct: {ask: What should I change?, again: "Which part is wrong? For example, say: two weeks."}
    go_on: {ask: Is it right to go on with it?, again: Shall we go on with it? Please say yes or no.}
    same: {ask: Is that the same book?, again: Is it the same book? Please say yes or no.}
    leave: {ask: It is not renewed yet. Is it right to leave it?, again: Shall I end the call all the same?}
    filed: ["Done. Your number is {number}."]
    else: Is there anything else?
fields:
  - name: title
    kind: text
    part: what
    texts: {en: {ask: What is its title?, again: "Please say the title.", say: "its title is {value}"}}
  - name: weeks
    kind: integer
    least: 1
    greatest: 4
    part: what
    texts: {en: {ask: How many weeks longer?, again: "For how many weeks, one to four?", say: "{value} weeks longer"}}
""",
    "agent_store/agents/desk.yaml": """\
name: desk
description: Renews books for members of the library.
prompt: desk.jinja
greeting: "City Library. How can I help?"
questions: tool
model: {deployment: gpt-5.1, max_tokens: 250}
voice: {name: en-US-AvaMultilingualNeural}
tools: [verify_member, record_renewal, file_renewal, transfer_to_person, end_call]
""",
    "agent_store/lines/library.yaml": """\
name: library
company: City Library
numbers: ["+18005550888"]
entry: desk
agents: [desk]
timezone: America/New_York
person: {number: "+18005550889"}
""",
    "prompt_store/desk.jinja": """\
You work at {{ line.company }}.
{% if caller.known %}The caller is a member of the {{ caller.branch }} branch.{% endif %}
Verify the caller with verify_member. Then record_renewal tells what to ask; file it with file_renewal.
""",
}

MEMBERS = """\
members:
  - {card: "310442", full_name: Ira Novak, birthday: "1979-05-14", branch: Harbor}
"""

SUITE = {
    "suite.yaml": """\
title: Renewals
line: library
policies: ../members.yaml
now: 2026-11-21 12:00:00
callers:
  ira:
    card_number: three one zero four four two
    birthday: may fourteenth nineteen seventy nine
    title: the sea and the mirror
    weeks: two weeks
    confirmation: yes that is correct
    anything else: no thank you goodbye
""",
    "renews.yaml": """\
title: A member renews a book
caller: ira
says: [i want to renew a book that i have borrowed]
must:
  verified: "310442"
  filed: true
  claim: {title: "the sea and the mirror", weeks: 2}
""",
}


def write(folder: Path) -> Path:
    """The whole business, its members and its suite; gives the folder."""
    for name, text in {**STORE, "members.yaml": MEMBERS, **{f"suite/{k}": v for k, v in SUITE.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
