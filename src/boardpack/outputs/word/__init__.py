"""The paper as a Word document, and commentary forms in Word."""
