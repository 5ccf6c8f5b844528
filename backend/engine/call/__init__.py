"""One call's life, from ring to hang-up; one chat's, too."""
