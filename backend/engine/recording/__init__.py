"""Recording: what both sides of a call heard goes from the media path over a bounded queue to a thread of its own.

``tapped_link`` hands frames over, ``tap`` is the queue, ``track`` puts them on one timeline and leaves out what is
never kept, ``recorder`` seals and stores it, in small ``steps``, ``recorders`` is the thread, ``segment_file`` the
format, ``playback`` reads it back.
"""
