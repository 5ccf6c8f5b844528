"""Azure Communication Services: call control, the media socket, and the tokens that ACS sends."""
