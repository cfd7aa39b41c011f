"""Refusals, in the envelope of https://docs.stripe.com/api/errors."""

from typing import Any


class Refused(Exception):
    """`kind` is the error's type; `extra` goes beside its message, such as the object that was refused."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str = "",
        param: str = "",
        **extra: Any,
    ) -> None:
        super().__init__(message)
        self.status, self.kind, self.code, self.param, self.extra = status, kind, code, param, extra

    def envelope(self) -> dict[str, Any]:
        error: dict[str, Any] = {"message": str(self), "type": self.kind}
        if self.code:
            error |= {
                "code": self.code,
                "doc_url": f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}",
            }
        if self.param:
            error["param"] = self.param
        return {"error": error | self.extra}


def missing(what: str, identifier: str) -> Refused:
    return Refused(f"No such {what}: '{identifier}'", status=404, code="resource_missing", param="id")


def declined(code: str, **extra: Any) -> Refused:
    return Refused("Your card was declined.", status=402, kind="card_error", code=code, decline_code=code, **extra)
