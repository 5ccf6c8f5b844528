"""A business that nothing in the code knows: the lost property office of a railway, in YAML and one prompt."""

from pathlib import Path

__all__ = ["FILES", "SUITE", "write"]

FILES = {
    "agent_store/agents/desk.yaml": """\
name: desk
description: Takes reports of things that were left on a train.
prompt: desk.jinja
greeting: "Northern Rail, lost property. How can I help?"
questions: tool
opening_tool: record_lost_item
model: {deployment: gpt-5.1, max_tokens: 250}
voice: {name: en-US-AvaMultilingualNeural}
tools: [record_lost_item, file_lost_item, report_emergency, transfer_to_person, request_callback, end_call]
""",
    "agent_store/lines/rail.yaml": """\
name: rail
company: Northern Rail
numbers: ["+18005550777"]
entry: desk
agents: [desk]
timezone: America/New_York
person: {number: "+18005550778"}
""",
    "agent_store/forms/lost_item.yaml": """\
name: lost_item
description: Something was left on a train.
number: "LP-{random:6}"
requires: null
tools:
  record_description: Record what was lost on a train, an umbrella or a bag, as the caller says it.
  file_description: File the report, once the caller has said yes to each part of the read-back.
parts: [what, who]
texts:
  en:
    correct: {ask: What should I change?, again: "Which part is wrong? For example, say: it was on Monday."}
    go_on: {ask: Is it right to go on with your report?, again: Shall we go on with it? Please say yes or no.}
    same: {ask: Is that the same thing?, again: Is it about the same thing? Please say yes or no.}
    leave: {ask: It is not filed yet. Is it right to leave it?, again: Shall I end the call all the same?}
    filed: ["Thank you. Your number is {number}."]
    else: Is there anything else?
fields:
  - name: item
    kind: text
    part: what
    texts:
      en: {ask: What did you lose?, again: "Please describe it, for example: a black bag.", say: "you lost {value}"}
  - name: lost_on
    kind: date
    past: true
    part: what
    texts: {en: {ask: On which day was that?, again: "Which day was it, for example last Monday?", say: "on {value}"}}
  - name: class_of_travel
    kind: choice
    part: what
    choices:
      - {value: first, words: {en: [first class]}}
      - {value: second, words: {en: [second class, standard]}}
    texts:
      en: {ask: Was that first or second class?, again: "Was it first, or second?", say: "in {value} class"}
  - name: seat
    kind: integer
    part: what
    when: {class_of_travel: first}
    texts: {en: {ask: Which seat was it?, again: "Which seat number was it, for example twelve?", say: "seat {value}"}}
  - name: worth
    kind: money
    part: what
    may_stay_open: true
    texts: {en: {ask: What is it worth?, again: "What did it cost, for example fifty dollars?", say: "worth {value}"}}
  - name: owner
    kind: name
    part: who
    texts: {en: {ask: What is your name?, again: "Please say your first and last name.", say: "your name is {value}"}}
""",
    "prompt_store/desk.jinja": """\
You work at the lost property office of {{ line.company }}.
Record what the caller says with record_lost_item and ask what it tells you to ask. File it with file_lost_item.
""",
}
"""A whole store."""

SUITE = {
    "suite.yaml": """\
title: Lost property
line: rail
now: 2026-11-21 12:00:00
callers:
  ann:
    item: a black umbrella with a wooden handle
    lost_on: yesterday
    class_of_travel: first class
    seat: forty two
    worth: about thirty dollars
    owner: ann lee
    confirmation: yes that is correct
    anything else: no thank you
""",
    "umbrella.yaml": """\
title: An umbrella
caller: ann
says: [i lost an umbrella on a train]
must:
  tools: [{name: file_lost_item, ok: true, times: 1}]
  filed: true
  claim: {lost_on: "2026-11-20", class_of_travel: first, seat: 42, owner: Ann Lee}
""",
}
"""One caller of it."""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write the files; gives the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
