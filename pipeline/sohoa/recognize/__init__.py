"""Engines that read the ink: an image in, lines of words in the image's own pixels out."""

from sohoa.recognize.engine import ENGINES, Engine, make_engine
from sohoa.recognize.patience import PatientEngine
from sohoa.recognize.settings import RecognizeSettings
from sohoa.recognize.tesseract import TesseractEngine

__all__ = [
    "ENGINES",
    "Engine",
    "PatientEngine",
    "RecognizeSettings",
    "TesseractEngine",
    "make_engine",
]
