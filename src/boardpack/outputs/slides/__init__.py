"""The key messages as slides."""
