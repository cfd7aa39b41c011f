"""`python -m deploy.local.mailbox FOLDER SMTP_PORT HTTP_PORT`: serve until SIGTERM."""

import signal
import sys
from pathlib import Path

from deploy.local.mailbox.smtp import smtp_server
from deploy.local.mailbox.store import MailStore
from deploy.local.mailbox.web import MailboxServer


def main(folder: str, smtp_port: str, http_port: str) -> None:
    store = MailStore(Path(folder))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    smtp = smtp_server(store, int(smtp_port))
    smtp.start()
    web = MailboxServer(store, int(http_port))
    try:
        web.serve_forever()
    except KeyboardInterrupt:
        web.server_close()
        smtp.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
