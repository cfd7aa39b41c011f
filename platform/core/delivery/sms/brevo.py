"""Brevo: POST /v3/transactionalSMS/send, which replaced /sms in 2025; a key in a header."""

import json
from dataclasses import dataclass

import urllib3

from core.delivery.sms.provider import Answer, Message, Outcome, Provider, Reply, failure, post
from core.delivery.sms.segments import Encoding, segments

NAME = "brevo"
# What it answers to a number that it cannot write to.
_OF_THE_NUMBER = ("recipient", "phone", "telephone", "mobile number")


@dataclass(frozen=True, slots=True)
class Brevo(Provider):
    """`receipts` is the address that it calls for each event of a message, empty for none."""

    api_key: str
    sender: str
    receipts: str
    endpoint: str
    name: str = NAME

    def send(self, pool: urllib3.PoolManager, message: Message) -> Answer:
        said = {
            "sender": self.sender,
            "recipient": message.number.removeprefix("+"),
            "content": message.text,
            "type": "transactional",
            "tag": message.reference,
            "unicodeEnabled": segments(message.text).encoding is Encoding.UCS_2,
        }
        if self.receipts:
            said["webUrl"] = self.receipts
        headers = {"api-key": self.api_key, "Accept": "application/json", "Content-Type": "application/json"}
        url = f"{self.endpoint}/transactionalSMS/send"
        reply = post(pool, url, json.dumps(said).encode(), headers)
        return failure(self.name, reply) or self._read(reply)

    def _read(self, reply: Reply) -> Answer:
        said = reply.said if isinstance(reply.said, dict) else {}
        if reply.status < 300:
            if said.get("messageId"):
                return Answer(Outcome.ACCEPTED, self.name, provider_id=str(said["messageId"])[:60])
            return Answer(Outcome.UNKNOWN, self.name, told=reply.told)
        why = str(said.get("message", "")).lower()
        if reply.status == 400 and any(word in why for word in _OF_THE_NUMBER):
            return Answer(Outcome.PERMANENT, self.name, told=reply.told)
        return Answer(Outcome.TECHNICAL, self.name, told=reply.told)
