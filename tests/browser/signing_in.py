"""The key of the server that browser tests run against, and how a person signs in with it."""

from chromium import Page

__all__ = ["KEY", "sign_in"]

KEY = "a-key-that-nobody-guesses-0123456789"


async def sign_in(tab: Page, address: str, key: str = KEY) -> Page:
    """Open the console at ``address`` and sign in; gives the page, signed in."""
    await tab.open(address)
    await tab.fill("#key", key)
    await tab.click("button", "Sign in")
    await tab.until("!document.querySelector('#key')")
    return tab
