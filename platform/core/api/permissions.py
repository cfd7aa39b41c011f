"""The route says who may enter; this refuses to write without a right."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class AsDeclared(BasePermission):
    """Reading follows the route's declaration; writing needs the view's `write_permission`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return True
        needed = getattr(view, "write_permission", "")
        return bool(needed and request.user.is_authenticated and request.user.has_perm(needed))
