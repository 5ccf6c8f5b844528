"""Forms filled by voice: what is asked, how answers are taken, the read-back, and what follows.

A form is data (``agent_store/forms``); nothing here knows a business. ``tools.definitions`` makes the tools of a form,
``intake.Intake`` goes on with one form in one call.
"""
