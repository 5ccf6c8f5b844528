"""Commands of ``ringmaster`` that people work with at a terminal: chat, rehearse, replay."""
