"""Taking a report of a loss: answers, earlier reports of the same loss, the read-back, and what comes after it."""
