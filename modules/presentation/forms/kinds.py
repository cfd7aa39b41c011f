"""Which form is of which kind."""

from modules.presentation.forms.blocks import (
    BlockForm,
    ContactForm,
    DocumentForm,
    GalleryForm,
    HoursForm,
    PictureForm,
    QuoteForm,
    TextForm,
)
from modules.presentation.forms.rows import TableForm, TimelineForm
from modules.presentation.models import BlockKind

_FORMS: tuple[type[BlockForm], ...] = (
    TextForm,
    PictureForm,
    GalleryForm,
    QuoteForm,
    TimelineForm,
    ContactForm,
    HoursForm,
    TableForm,
    DocumentForm,
)
FORMS: dict[BlockKind, type[BlockForm]] = {form.kind: form for form in _FORMS}
