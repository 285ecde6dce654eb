"""The acts: letters, agreements and procedural documents for the other side or the court, and what they may hold."""
