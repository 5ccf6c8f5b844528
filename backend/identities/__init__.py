"""Who a caller can be shown to be: parts that are asked, compared exactly, limited, and granted something for.

What there is to ask and to say stands in ``agent_store/identities``; nothing here knows a business.
"""
