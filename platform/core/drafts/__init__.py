"""What somebody was writing in a form of the back office, kept as they type: theirs alone, and nothing is published.

    <form method="post">{% csrf_token %}… {% autosave "news" key %}</form>

The view drops it with `actions.drop(user, kind, key)` once the form is saved.
"""
