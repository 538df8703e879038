"""Which form of an answer a client likes best."""

from __future__ import annotations

from flask import request


def negotiated(offers: tuple[str, ...]) -> str:
    """Which of the media types the client likes best, ours first among equals; "" where it takes none.

    Each type is judged by the most specific range that covers it (RFC 9110, 12.5.1), so `q=0` excludes.
    """
    if not request.headers.get("Accept", "").strip():
        return offers[0]
    wishes = {offer: request.accept_mimetypes.quality(offer) for offer in offers}
    best = max(offers, key=lambda offer: wishes[offer])
    return best if wishes[best] > 0 else ""
