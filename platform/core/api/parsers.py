"""Bodies that programs send."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class Json(JSONParser):
    """JSON, refused when it is nested too deep to be read."""

    def parse(self, *arguments: Any, **more: Any) -> Any:
        try:
            return super().parse(*arguments, **more)
        except RecursionError as error:
            raise ParseError from error
