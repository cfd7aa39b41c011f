"""OVHcloud: POST /sms/{serviceName}/jobs, each request signed; the signature holds OVHcloud's own hour."""

import json
import time
from dataclasses import dataclass, field
from hashlib import sha1
from urllib.parse import quote

import urllib3

from core.delivery.sms.provider import TIMEOUT, Answer, Message, Outcome, Provider, Reply, failure, post
from core.delivery.sms.segments import Encoding, segments

NAME = "ovh"
# The longest that OVHcloud keeps trying to deliver one, in minutes.
LONGEST_VALIDITY = 2880


@dataclass(slots=True)
class Ovh(Provider):
    """`service` is the SMS account, as sms-ab12345-1."""

    application_key: str
    application_secret: str
    consumer_key: str
    service: str
    sender: str
    endpoint: str
    name: str = NAME
    _ahead: int | None = field(default=None, repr=False)

    def send(self, pool: urllib3.PoolManager, message: Message) -> Answer:
        reply = self._jobs(pool, message)
        if reply.status in {400, 401, 403} and "timestamp" in reply.told.lower():
            self._ahead = None  # their hour is read again, once: nothing was taken
            reply = self._jobs(pool, message)
        return failure(self.name, reply) or self._read(reply)

    def _read(self, reply: Reply) -> Answer:
        said = reply.said if isinstance(reply.said, dict) else {}
        if reply.status < 300:
            ids = said.get("ids")
            if said.get("invalidReceivers"):
                return Answer(Outcome.PERMANENT, self.name, told=reply.told)
            if isinstance(ids, list) and ids:
                return Answer(Outcome.ACCEPTED, self.name, provider_id=str(ids[0])[:60])
            return Answer(Outcome.UNKNOWN, self.name, told=reply.told)
        return Answer(Outcome.TECHNICAL, self.name, told=reply.told)

    def _jobs(self, pool: urllib3.PoolManager, message: Message) -> Reply:
        url = f"{self.endpoint}/sms/{quote(self.service, safe='')}/jobs"
        job = {
            "message": message.text,
            "receivers": [message.number],
            "sender": self.sender,
            "charset": "UTF-8",
            "coding": "7bit" if segments(message.text).encoding is Encoding.GSM_7 else "8bit",
            "noStopClause": True,  # a warning is no advertisement, and must not wait for the morning
            "priority": "high",
            "tag": message.reference,
            "validityPeriod": max(1, min(message.minutes_to_live, LONGEST_VALIDITY)),
        }
        body = json.dumps(job).encode()
        moment = self._hour(pool)
        if moment is None:
            return Reply(told="no hour")
        return post(pool, url, body, self._signed(url, body, moment))

    def _signed(self, url: str, body: bytes, moment: int) -> dict[str, str]:
        said = [self.application_secret, self.consumer_key, "POST", url, body.decode(), str(moment)]
        digest = sha1("+".join(said).encode()).hexdigest()  # noqa: S324 - the provider's protocol
        return {
            "Content-Type": "application/json; charset=utf-8",
            "X-Ovh-Application": self.application_key,
            "X-Ovh-Consumer": self.consumer_key,
            "X-Ovh-Timestamp": str(moment),
            "X-Ovh-Signature": f"$1${digest}",
        }

    def _hour(self, pool: urllib3.PoolManager) -> int | None:
        """Their hour, so that a clock that jumped here does not silence alerts. None when they do not say it."""
        if self._ahead is None:
            try:
                answer = pool.request("GET", f"{self.endpoint}/auth/time", retries=False, timeout=TIMEOUT)
                self._ahead = int(answer.data[:20]) - int(time.time())
            except (urllib3.exceptions.HTTPError, ValueError):
                return None
        return int(time.time()) + self._ahead
