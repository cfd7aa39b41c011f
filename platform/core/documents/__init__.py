"""Documents that are kept or printed: a Typst template in, its data as JSON, a PDF out.

pdf(TEMPLATES / "proof.typ", {"title": "…"}, attached=[Attachment("lines.csv", "text/csv", "…", data)])
"""

from core.documents.rendering import Attachment, Unreadable, attachments, pdf

__all__ = ["Attachment", "Unreadable", "attachments", "pdf"]
