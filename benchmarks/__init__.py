"""Measurements, against peers on the same text and the same terms in the same run."""
