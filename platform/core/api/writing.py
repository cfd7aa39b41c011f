"""What every module's write does for programs: what was sent is read, and refusals become answers."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.core.exceptions import ValidationError as Refused
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

Done = TypeVar("Done")


class Moment(serializers.DateTimeField):
    """A moment that every clock can say: not at the edge of the calendar, where a time zone leads out of it."""

    def to_internal_value(self, value: Any) -> Any:
        try:
            moment = super().to_internal_value(value)
        except OverflowError:
            moment = None
        if moment is None or not 1900 <= moment.year <= 9000:
            self.fail("invalid", format="ISO 8601")
        return moment


def sent(body: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What a program sent, as its body says it. Raises ValidationError, by field."""
    serializer = body(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def done(act: Callable[[], Done]) -> Done:
    """What an action gives; what it refuses is answered by field, and what is gone is not found."""
    try:
        return act()
    except ObjectDoesNotExist as error:
        raise NotFound from error
    except Refused as error:
        fields = error.message_dict if hasattr(error, "error_dict") else {"non_field_errors": error.messages}
        raise ValidationError(fields) from error
