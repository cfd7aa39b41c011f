from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "core.security"
    label = "security"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from core.security.sessions import begun, ended
        from core.security.trusting import signed_out

        user_logged_in.connect(begun)
        user_logged_out.connect(ended)
        user_logged_out.connect(signed_out)
