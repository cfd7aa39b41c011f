"""What goes wrong when code forgets, or mistakes, the commune it is in."""


class TenancyError(Exception):
    """Base of everything below."""


class NoSuchSpace(TenancyError):
    """There is no row, or no schema, of this name."""


class WrongCommune(TenancyError):
    """An object loaded in one commune was about to be written in another."""


class CommuneRequired(TenancyError):
    """A job of a commune was called or queued outside any."""


class ModuleIsOff(TenancyError):
    """A job of a module that the commune has not switched on."""
