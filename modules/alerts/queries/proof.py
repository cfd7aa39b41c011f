"""The proof of an alert: who decided, what, for whom, and what became of it for each recipient."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from core.documents import Attachment, pdf
from core.web.french import capitalised, day_and_time, unbroken
from modules.alerts.models import Alert, AlertMessage, Outcomes
from modules.alerts.queries.outcomes import file_of, outcome_of
from modules.alerts.queries.reports import Reached, Told, told

TEMPLATE: Final = Path(__file__).parents[1] / "documents" / "proof.typ"
LOG_FILE: Final = "registre.json"
MOST_LINES: Final = 1000  # printed; the files inside hold them all
_CSV = "text/csv"


@dataclass(slots=True)
class _Gathered:
    """The files to carry, and the lines to print."""

    files: list[Attachment] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    count: int = 0


def outcomes_file(message: AlertMessage) -> bytes | None:
    """As it was sealed; until then as it stands; None when its term is over."""
    kept = Outcomes.objects.filter(message=message).first()
    return kept.text if kept else file_of(message, outcome_of(message).lines).encode()


def file_name(message: AlertMessage) -> str:
    return f"destinataires-{message.number}.csv"


def proof_of(alert: Alert, commune: str) -> bytes:
    """As a PDF that carries the log and the lists of recipients."""
    messages = list(alert.messages.select_related("author").order_by("number"))
    tellings = told(each for each in messages if not each.is_report)
    gathered = _Gathered([_log_file(messages)])
    for each in tellings:
        _gather(each, gathered)
    final = all(each.outcomes for each in tellings)
    now = day_and_time(timezone.now())
    data = {
        "title": _("Preuve d’alerte"),
        "headline": unbroken(alert.title),
        "footer": _("%(commune)s · preuve établie le %(now)s") % {"commune": commune, "now": now},
        "facts": _facts(alert, commune, now, final),
        "messages": [_message(each) for each in tellings],
        "log": [
            {"serial": str(each.serial), "kind": each.get_kind_display(), "digest": each.digest, "seal": each.seal}
            for each in messages
        ],
        "lines": gathered.lines,
        "lines_note": _lines_note(gathered),
    }
    return pdf(TEMPLATE, data, gathered.files)


def _facts(alert: Alert, commune: str, now: str, final: bool) -> list[list[str]]:
    facts = [
        [_("Commune"), commune],
        [_("Alerte"), alert.tag],
        [_("État"), f"{alert.stage}, {alert.situation}"],
        [_("Bilan"), _("définitif") if final else _("provisoire, tel qu’il était le %(now)s") % {"now": now}],
    ]
    if alert.drill:
        facts.append([_("Exercice"), _("Il n’y avait aucun danger : les messages le disaient.")])
    return facts


def _message(each: Told) -> dict[str, Any]:
    message, said = each.message, each.message.content
    author = message.author.display_name if message.author else _("une personne dont le nom est effacé")
    return {
        "heading": f"{message.number}. {capitalised(message.get_kind_display())}",
        "facts": [
            [_("Décidé par"), author],
            [_("Le"), day_and_time(message.at)],
            [_("Titre"), message.title],
            [_("Texte"), message.text],
            [_("Précisions"), said.get("description", "") or "—"],
            [_("Pour"), message.places],
        ],
        "channels": [[reached.label, str(reached.told), _states(reached)] for reached in each.channels if reached.told],
        "stage": _stage(each),
    }


def _states(reached: Reached) -> str:
    parts = [f"{label} : {count}" for label, count in reached.states]
    if reached.forgotten:
        parts.append(_("effacés à leur demande : %(count)s") % {"count": reached.forgotten})
    return ", ".join(parts)


def _stage(each: Told) -> str:
    if each.outcomes is None:
        return _("Bilan provisoire : il sera définitif le %(when)s.") % {"when": day_and_time(each.final_at)}
    sealed = _("Bilan définitif du %(when)s, message %(serial)s du registre. Empreinte de la liste : %(digest)s.")
    return sealed % {
        "when": day_and_time(each.outcomes.made_at),
        "serial": each.outcomes.report.serial,
        "digest": each.outcomes.sealed,
    }


def _gather(each: Told, gathered: _Gathered) -> None:
    """The list of one message, when it is still kept."""
    text = outcomes_file(each.message)
    if text is None:
        return
    about = _("Destinataires du message %(number)s") % {"number": each.message.number}
    gathered.files.append(Attachment(file_name(each.message), _CSV, about, text.decode()))
    rows = list(csv.reader(StringIO(text.decode()), delimiter=";"))[2:]
    gathered.count += len(rows)
    for channel, _row, recipient, _seal, state, at, *_rest in rows[: MOST_LINES - len(gathered.lines)]:
        gathered.lines.append([str(each.message.number), channel, recipient, state, _hour(at)])


def _hour(at: str) -> str:
    """« 30/11/2026 10:04:07 »."""
    return datetime.fromisoformat(at).strftime("%d/%m/%Y %H:%M:%S") if at else ""


def _log_file(messages: Sequence[AlertMessage]) -> Attachment:
    said = {"messages": [{**each.said(), "digest": each.digest} for each in messages]}
    return Attachment(LOG_FILE, "application/json", _("Registre de l’alerte"), json.dumps(said, ensure_ascii=False))


def _lines_note(gathered: _Gathered) -> str:
    if gathered.count > len(gathered.lines):
        said = _("Les %(shown)s premiers sur %(count)s ; les fichiers contenus dans celui-ci les donnent tous.")
        return said % {"shown": len(gathered.lines), "count": gathered.count}
    return _("Les adresses sont masquées ; les fichiers contenus dans celui-ci donnent les sceaux.")
