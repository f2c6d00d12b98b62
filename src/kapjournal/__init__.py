"""KAP Journal: an encrypted, offline session journal for therapists who work with ketamine."""

__version__ = "0.1.0"
